import type { Id } from '../../src/core/kernel/index.ts'
import { gatewaysOf, updateGateway } from '../../src/core/gateway/index.ts'
import { editMessage, messageById } from '../../src/core/message/index.ts'
import { outletsWhere, pauseOutlet, resumeOutlet } from '../../src/core/outlet/index.ts'
import {
  cancelRelease,
  correctRelease,
  pauseRelease,
  pressRelease,
  recallRelease,
  releaseById,
  resumeRelease,
} from '../../src/core/release/index.ts'
import { decideReview, submitMessage } from '../../src/core/review/index.ts'
import { CHANNELS } from '../province.ts'
import { inLife, type Life } from './fate.ts'
import { START, type World } from './world.ts'

type ReleaseId = Id<'release'>
type Wish = Parameters<World['stage']['released']>[0]

/** One act of a person in a story: in a life that may end in the midst of it, then it is done again. */
export interface Act {
  readonly atRound: number
  /** Refusals that say that it was done before. */
  readonly done: readonly string[]
  run(world: World, life: Life, releaseId: ReleaseId): Promise<unknown>
}

/** What is released, and what people do while it goes out. */
export interface Plot {
  readonly name: string
  readonly wish: Partial<Wish>
  readonly acts: readonly Act[]
}

const cancel: Act = {
  atRound: 12,
  done: ['release.is_cancelled'],
  run: ({ stage }, life, releaseId) => cancelRelease(inLife(stage.writer, life), { releaseId, reason: 'Thôi' }),
}
const pause: Act = {
  atRound: 8,
  done: [],
  run: ({ stage }, life, releaseId) => pauseRelease(inLife(stage.writer, life), { releaseId }),
}
const resume: Act = {
  atRound: 16,
  done: ['release.not_paused'],
  run: ({ stage }, life, releaseId) => resumeRelease(inLife(stage.writer, life), { releaseId }),
}
const recall: Act = {
  atRound: 18,
  done: ['release.is_recalled'],
  run: ({ stage }, life, releaseId) =>
    recallRelease(inLife(stage.leader, life), { releaseId, reason: 'Sai', words: 'Gỡ xuống' }),
}
const correct: Act = {
  atRound: 14,
  done: ['release.is_followed'],
  async run(world, life, releaseId) {
    const { stage } = world
    const messageId = await reworded(world, releaseId)
    const correction = await correctRelease(stage.writer, { releaseId, messageId, words: 'Thay bản cũ' })
    // A press that dies has done nothing, or all; whatever it was, a second person presses once more.
    await pressRelease(inLife(stage.leader, life), { releaseId: correction })
  },
}
const recallCorrection: Act = {
  ...recall,
  atRound: 26,
  async run(world, life, releaseId) {
    await recall.run(world, life, (await correctionOf(world, releaseId)) ?? releaseId)
  },
}
const closeOutlets: Act = {
  atRound: 5,
  done: [],
  async run({ stage }, life) {
    for (const { id } of await someOutlets(stage))
      await pauseOutlet(inLife(stage.system, life), { outletId: id, reason: 'Sửa' })
  },
}
const openOutlets: Act = {
  atRound: 20,
  done: [],
  async run({ stage }, life) {
    for (const { id } of await someOutlets(stage)) await resumeOutlet(inLife(stage.system, life), { outletId: id })
  },
}
const gateway = (atRound: number, paused: boolean): Act => ({
  atRound,
  done: [],
  async run({ stage, clock }) {
    const [first] = await gatewaysOf(stage.ctx.db, 'sms')
    if (first) await updateGateway(stage.ctx.db, first.id, { pausedAt: paused ? clock.now() : null })
  },
})

export const PLOTS: readonly Plot[] = [
  { name: 'goes out', wish: {}, acts: [] },
  { name: 'goes out in waves', wish: { waveCount: 3, waveMinutes: 20 }, acts: [] },
  { name: 'is an emergency', wish: { lane: 'emergency', laneReason: 'Lũ' }, acts: [] },
  { name: 'is cancelled', wish: {}, acts: [cancel] },
  { name: 'is paused and taken up again', wish: {}, acts: [pause, resume] },
  { name: 'is recalled', wish: {}, acts: [recall] },
  { name: 'is corrected', wish: {}, acts: [correct] },
  { name: 'is corrected and then recalled', wish: {}, acts: [correct, recallCorrection] },
  { name: 'expires', wish: { endsAt: new Date(START + 400_000) }, acts: [pause, { ...resume, atRound: 30 }] },
  { name: 'expires and comes down', wish: { endsAt: new Date(START + 400_000), wordsAtEnd: 'Gỡ xuống' }, acts: [] },
  { name: 'meets closed outlets', wish: {}, acts: [closeOutlets, openOutlets] },
  { name: 'meets a closed gateway', wish: {}, acts: [gateway(3, true), gateway(15, false)] },
]

export function wishOf({ wish }: Plot): Wish {
  return { channels: [...CHANNELS], startsAt: new Date(START), words: 'Phát', ...wish }
}

/** The message of a release with other words, approved again: what is still to leave of the old is void from now on. */
async function reworded({ stage }: World, releaseId: ReleaseId): Promise<Id<'message'>> {
  const release = await releaseById(stage.ctx.db, releaseId)
  const message = release && (await messageById(stage.ctx.db, release.messageId))
  if (!message) throw new Error('the release has lost its message')
  const { id: messageId, currentVersion: basedOn, kind, workingTitle } = message
  const words = { title: `Bản ${basedOn}`, lead: '', body: 'Hỏi xã trước khi đi xa.', callToAction: 'Gọi {{111}}.' }
  await editMessage(stage.writer, { messageId, kind, workingTitle, ...words, basedOn })
  await submitMessage(stage.writer, { messageId })
  const contentHash = (await messageById(stage.ctx.db, messageId))?.contentHash ?? ''
  await decideReview(stage.leader, { messageId, step: 'lead', verdict: 'approve', contentHash })
  return messageId
}

/** The correction of a release that was pressed. */
async function correctionOf({ stage }: World, releaseId: ReleaseId): Promise<ReleaseId | null> {
  const row = await stage.ctx.db
    .selectFrom('release')
    .select('id')
    .where('ofReleaseId', '=', releaseId)
    .where('state', '=', 'released')
    .executeTakeFirst()
  return (row?.id as ReleaseId | undefined) ?? null // as the ledger wrote it
}

function someOutlets({ ctx }: World['stage']) {
  return outletsWhere(ctx.db, { day: '2026-11-24', channel: 'portal' }, null, 3)
}
