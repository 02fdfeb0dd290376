import { CHANNEL_RULES } from '../channels/index.ts'
import type { ChannelKey } from '../core/channel/index.ts'
import { castOf } from '../core/identity/cast.build.ts'
import { asSystem, type Clock, type Ctx, type Id, type Role } from '../core/kernel/index.ts'
import { addRendition, composeWith, messageById, startMessage } from '../core/message/index.ts'
import { organisationHierarchy, organisationIdsByCode } from '../core/organisation/index.ts'
import { BARE_OUTLET_ROW, importOutlets, type OutletRow } from '../core/outlet/index.ts'
import {
  countsOf,
  followDeliveryTasks,
  followWithdrawnMessages,
  pressRelease,
  proposeRelease,
} from '../core/release/index.ts'
import { decideReview, setSteps, submitMessage } from '../core/review/index.ts'
import { openTestDatabase, person, testCtx, type TestDatabase } from '../testing/index.ts'
import { loadReference } from './reference.ts'

/** A row of the table of outlets, for tests. */
export function outletRow(
  given: Pick<OutletRow, 'code' | 'channel' | 'means' | 'place' | 'organisation'> & Partial<OutletRow>,
): OutletRow {
  return { ...BARE_OUTLET_ROW, name: given.code, kind: 'other', ...given }
}

/** A notice that its one step, the leader's, has approved. */
export async function approvedNotice(
  writer: Ctx,
  leader: Ctx,
  organisationId: Id<'organisation'>,
  channels: readonly ChannelKey[],
  title = 'Cảnh giác',
): Promise<Id<'message'>> {
  const words = { title, lead: '', body: 'Hỏi xã trước khi đi.', callToAction: 'Hãy gọi {{111}}.' }
  const messageId = await startMessage(writer, { ...words, kind: 'notice', workingTitle: 'Cảnh giác', organisationId })
  for (const channel of channels) await addRendition(writer, { messageId, channel, language: 'vi' })
  await submitMessage(writer, { messageId })
  const message = await messageById(writer.db, messageId)
  if (!message) throw new Error('the message has just been written')
  const { contentHash } = message
  await decideReview(leader, { messageId, step: 'lead', verdict: 'approve', contentHash })
  return messageId
}

type Wish = Omit<Parameters<typeof proposeRelease>[1], 'messageId'>

/** A province with these outlets, who writes, who leads and who works in a commune, and notices to be released. */
export async function openReleaseStage(clock: Clock, outlets: readonly OutletRow[], given?: TestDatabase) {
  composeWith(CHANNEL_RULES)
  followDeliveryTasks()
  followWithdrawnMessages()
  const database = given ?? (await openTestDatabase('province'))
  const ctx = testCtx(database.db, { hierarchy: organisationHierarchy, clock })
  if (given) await loadReference(ctx)
  const system = asSystem(ctx, 'test')
  const bodies = await organisationIdsByCode(ctx.db, ['SVHTTDL-LC-2025', 'UBND-02683'])
  const bodyOf = (code: string) => {
    const id = bodies.get(code)
    if (!id) throw new Error(`the reference has ${code}`)
    return id
  }
  const cast = castOf(database, { hierarchy: organisationHierarchy })
  const somebody = async (username: string, role: Role, code: string): Promise<Ctx> => {
    const { id } = await cast.someone(username)
    return { ...ctx, actor: person(id, [{ role, organisationId: bodyOf(code), delegationId: null }], username) }
  }
  const writer = await somebody('hoa', 'campaign_officer', 'SVHTTDL-LC-2025')
  const leader = await somebody('thang', 'leader', 'SVHTTDL-LC-2025')
  const commune = await somebody('pao', 'field_officer', 'UBND-02683')
  await setSteps(system, { messageKind: 'notice', steps: [{ ordinal: 1, name: 'lead', role: 'leader', days: 1 }] })
  await importOutlets(system, { rows: [...outlets] })
  const approved = (channels: readonly ChannelKey[] = ['portal', 'loudspeaker']) =>
    approvedNotice(writer, leader, bodyOf('SVHTTDL-LC-2025'), channels)
  return {
    database,
    ctx,
    system,
    writer,
    leader,
    commune,
    bodyOf,
    approved,
    /** Proposes a notice, one approved just now unless it is given, and has it pressed. */
    async released(wish: Wish, messageId?: Id<'message'>): Promise<Id<'release'>> {
      const releaseId = await proposeRelease(writer, {
        ...wish,
        messageId: messageId ?? (await approved(wish.channels)),
      })
      await pressRelease(leader, { releaseId })
      return releaseId
    },
    /** The states in which any row stands, with how many. */
    async counts(releaseId: Id<'release'>): Promise<Record<string, number>> {
      return Object.fromEntries(Object.entries(await countsOf(ctx.db, releaseId)).filter(([, n]) => n !== 0))
    },
  }
}

export type ReleaseStage = Awaited<ReturnType<typeof openReleaseStage>>

const MACHINE = { channel: 'portal', means: 'machine', place: 'LC-2025', organisation: 'UBND-LC-2025' }
const STATION = { channel: 'loudspeaker', means: 'manual', place: '02683', organisation: 'UBND-02683' }

/** Two machines, of which one is quiet by day, a station, and one that is no more. */
export const FEW_OUTLETS: readonly OutletRow[] = [
  outletRow({ ...MACHINE, code: 'CONG' }),
  outletRow({ ...MACHINE, code: 'CONG-2', quiet_from: '08:00', quiet_to: '18:00' }),
  outletRow({ ...STATION, code: 'LOA-1' }),
  outletRow({ ...STATION, code: 'LOA-2', alive_to: '2026-01-01' }),
]

/** As many machines as asked for. */
export function machines(count: number): OutletRow[] {
  return Array.from({ length: count }, (_, at) => outletRow({ ...MACHINE, code: `M-${String(at).padStart(3, '0')}` }))
}
