import { renditionsOf, consentOf, standingOf } from '#core/message/index.ts'
import {
  approvalOf,
  commentsOf,
  decideReview,
  makeComment,
  noteListening,
  partsInTurn,
  recordingsToHear,
  resolveComment,
  reviewsOf,
  STEP_NAMES,
  stepsFor,
  stepsOf,
  submitMessage,
  takeBackMessage,
  whyNotHeard,
  whyNotSubmit,
  whyNotTakeStep,
} from '#core/review/index.ts'
import { dayAt, type Refusal } from '#core/kernel/index.ts'
import { sentenceOf } from '#app/wording/words.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { paths } from '#web/paths.ts'
import { messageOf } from '../../one-message.ts'
import { shownFinding } from '../shown-finding.ts'
import { shownRendition } from '../shown-rendition.ts'
import { shownListening } from './shown-listening.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx, w }, params }) => {
  const message = await messageOf(ctx, params.id)
  const standing = await standingOf(ctx, message)
  const reviews = await reviewsOf(ctx.db, message.id)
  const open = reviews.find((review) => review.state === 'open') ?? null
  const turn = open ? partsInTurn(open.parts) : []
  const say = (refusal: Refusal | null) => refusal && sentenceOf(w, refusal)
  const consent = await consentOf(ctx.db, message.id)
  const may = await submitMessage.whyNot(ctx, { messageId: message.id })
  const renditions = standing.renditions.map((one) => shownRendition(w, one))
  const listener = ctx.actor.kind === 'person' ? ctx.actor.personId.slice(-8) : ''
  return {
    message: { id: message.id, title: message.workingTitle, contentHash: message.contentHash },
    approval: approvalOf(message, reviews),
    whyNotSubmit: say(may ?? whyNotSubmit(standing, reviews, consent)),
    mayWrite: may === null,
    steps: stepsFor(
      await stepsOf(ctx.db, message.kind),
      standing.renditions.map(({ rendition }) => rendition.channel),
    ),
    today: dayAt(ctx.clock.now()),
    open: open && {
      ...open,
      stale: open.contentHash !== message.contentHash,
      inTurn: await Promise.all(
        turn.map(async (part) => ({ name: part.name, whyNot: say(await whyNotTakeStep(ctx, message, open, part)) })),
      ),
    },
    past: reviews.filter((review) => review.state !== 'open'),
    findings: standing.findings.map((finding) => shownFinding(w, finding, standing.version)),
    renditions,
    whyNotHeard: say(await whyNotHeard(ctx, message.id)),
    listenings: (await recordingsToHear(ctx, message.id)).flatMap((one) => {
      const shown = renditions.find(({ id }) => id === one.rendition.id)
      return shown ? [shownListening(w, one, shown, listener)] : []
    }),
    count: (await renditionsOf(ctx.db, message.id)).length,
    comments: await commentsOf(ctx.db, message.id),
  }
}

type Here = { readonly params: Partial<Record<string, string>> }
const here =
  (done: string) =>
  (_result: unknown, { params }: Here) =>
    `${paths.messageReview(params.id ?? '')}?done=${done}`
const which = (_data: FormData, { params }: Here) => ({ messageId: params.id ?? '' })

export const actions: Actions = {
  submit: act(submitMessage, { input: which, then: here('message_submitted') }),
  takeBack: act(takeBackMessage, { input: which, then: here('message_taken_back') }),
  decide: act(decideReview, {
    input: (data, event) => ({
      ...which(data, event),
      step: STEP_NAMES.find((name) => name === fieldOf(data, 'step')) ?? 'edit',
      verdict: fieldOf(data, 'verdict') === 'approve' ? ('approve' as const) : ('return' as const),
      contentHash: fieldOf(data, 'contentHash'),
      note: fieldOf(data, 'note'),
    }),
    then: here('review_decided'),
  }),
  listen: act(noteListening, {
    input: (data, event) => ({
      ...which(data, event),
      sha256: fieldOf(data, 'sha256'),
      kind: fieldOf(data, 'kind') === 'played' ? ('played' as const) : ('declared' as const),
    }),
    then: here('listening_noted'),
  }),
  comment: act(makeComment, {
    input: (data, event) => ({
      ...which(data, event),
      subject: fieldOf(data, 'subject') || 'master',
      quote: fieldOf(data, 'quote'),
      words: fieldOf(data, 'words'),
    }),
    then: here('comment_made'),
  }),
  resolve: act(resolveComment, {
    input: (data, event) => ({ ...which(data, event), commentId: fieldOf(data, 'commentId') }),
    then: here('comment_resolved'),
  }),
}
