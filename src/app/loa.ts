import { join } from 'node:path'
import { CHANNEL_RULES, GATEWAY_KINDS, SENDERS } from '../channels/index.ts'
import { openWebhookSender } from '../channels/webhook/webhook-sender.ts'
import { auditLog } from '../core/audit/index.ts'
import { dropWith, packWith, pushWith, type DropFolder } from '../core/bridge/index.ts'
import { followProofPictures } from '../core/evidence/index.ts'
import { followHandedStations } from '../core/programme/index.ts'
import { speakWith } from '../core/gateway/index.ts'
import type { Actor, Clock, Ctx } from '../core/kernel/index.ts'
import { makePapersWith } from '../core/document/index.ts'
import { composeWith } from '../core/message/index.ts'
import {
  followDeliveryTasks,
  followWithdrawnMessages,
  makeSheetsWith,
  sendWith,
  undoWithin,
} from '../core/release/index.ts'
import { tellDevicesAhead } from '../core/station/index.ts'
import { makeSpeechWith } from '../core/speech/index.ts'
import { organisationHierarchy } from '../core/organisation/index.ts'
import { bridgeFile, packagePusher } from '../platform/bridge/index.ts'
import { listen, openDatabase } from '../platform/database/index.ts'
import { networkPolicy, type NetworkPolicy } from '../platform/http/index.ts'
import { openFileStore } from '../platform/files/file-store.ts'
import { openJobs, type Jobs } from '../platform/jobs/job-queue.ts'
import { paperMaker, sheetPrinter } from '../platform/papers/paper-maker.ts'
import { keepSoundsAs, soundProfile, type SoundProfile } from '../platform/sounds/sound-profile.ts'
import { openVoices, speechMaker, type VoiceSettings } from '../platform/speech/index.ts'
import { openSecretBox, SECRET_KEY_FILE } from '../platform/secrets/secret-box.ts'
import { JOBS } from './jobs.ts'

/** Everything opened that an entry needs: the web, the worker or the command line. */
export interface Loa {
  readonly jobs: Jobs
  /** Which networks calls may lead into. */
  readonly networks: NetworkPolicy
  /** A context in which `actor` acts. */
  contextOf(actor: Actor): Ctx
  /** Calls `heard` at each notice of the database under a name; answers how to stop. */
  listen(name: string, heard: () => void): Promise<() => Promise<void>>
  close(): Promise<void>
}

export interface LoaOptions {
  readonly databaseUrl: string
  /** Folder of the files kept by content hash and of the key that seals secrets. */
  readonly folder: string
  /** True in processes that work jobs. */
  readonly supervise?: boolean
  /** Private networks and doors that calls may lead into, see `networkPolicy`; none unless said. */
  readonly allowedNetworks?: readonly string[]
  /** Seconds in which a release that was pressed may be taken back before anything moves; 60 unless said. */
  readonly undoSeconds?: number
  /** Of how many days ahead devices are told, 2 to 30; 7 unless said. */
  readonly deviceDays?: number
  /** How finished sounds are kept, where it is not as `STANDARD_PROFILE` has it. */
  readonly sound?: Partial<SoundProfile>
  /** Voices beside the one that is built in; none unless said. */
  readonly voices?: VoiceSettings & { readonly standsIn: boolean }
  /** Where packages of source-information systems are left for us; nowhere unless said. */
  readonly drop?: DropFolder | null
  /** Another clock than that of the machine, as of a machine whose clock is wrong. */
  readonly clock?: Clock
}

export async function openLoa(options: LoaOptions): Promise<Loa> {
  composeWith(CHANNEL_RULES)
  speakWith(GATEWAY_KINDS)
  makePapersWith(paperMaker)
  makeSheetsWith(sheetPrinter)
  followDeliveryTasks()
  followWithdrawnMessages()
  followHandedStations()
  undoWithin(options.undoSeconds ?? 60)
  tellDevicesAhead(options.deviceDays ?? 7)
  followProofPictures()
  const networks = networkPolicy(options.allowedNetworks)
  packWith(bridgeFile)
  pushWith(packagePusher({ policy: networks }))
  dropWith(options.drop ?? null)
  for (const sender of [...SENDERS, openWebhookSender({ policy: networks })]) sendWith(sender)
  keepSoundsAs(options.sound ?? {})
  const voices = openVoices(options.voices ?? null, networks)
  const standIn = options.voices?.standsIn ? 'built_in' : null
  makeSpeechWith(speechMaker({ voices, standIn, profile: soundProfile }))
  const database = openDatabase(options.databaseUrl)
  const jobs = await openJobs(options.databaseUrl, { supervise: options.supervise ?? false })
  await jobs.prepare(JOBS)
  const shared = {
    db: database.db,
    clock: options.clock ?? { now: () => new Date() },
    hierarchy: organisationHierarchy,
    audit: auditLog,
    jobs,
    files: openFileStore(join(options.folder, 'files')),
    secrets: openSecretBox(join(options.folder, SECRET_KEY_FILE)),
    inTransaction: false,
  }
  return {
    jobs,
    networks,
    contextOf: (actor) => ({ ...shared, actor }),
    listen: (name, heard) => listen(options.databaseUrl, name, heard),
    async close() {
      await jobs.close()
      await database.close()
    },
  }
}
