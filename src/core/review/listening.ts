import * as v from 'valibot'
import { action, newId, Refusal, refuseIf, type Ctx, type Id } from '../kernel/index.ts'
import { renditionsOf, type Recording, type Rendition } from '../message/index.ts'
import { insertListening, listeningsOf } from './listening.store.ts'
import { OneMessage } from './submit-message.ts'

/** A recording of the content under review, and where one person stands with it. */
export interface ToHear {
  readonly rendition: Rendition
  readonly recording: Recording
  readonly heard: boolean
  /** Why they cannot say yet that they have listened; null when they can, or did. */
  readonly whyNotSay: Refusal | null
}

const OneRecording = v.object({ ...OneMessage.entries, sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)) })

/** The bytes of a recording went out to a person: no listening can have ended sooner than its length after this. */
export const beginListening = action('review.begin_listening', {
  input: OneRecording,
  may: { who: 'signed_in' },
  // What counts is that it was listened to; that is in the record.
  records: () => null,
  async run(ctx, { sha256 }) {
    await insertListening(ctx.db, { ...listenerOf(ctx), sha256, kind: 'began' })
  },
})

/** It was listened to, to the end: a script saw it play, or the person says so. */
export const noteListening = action('review.listen', {
  input: v.object({ ...OneRecording.entries, kind: v.picklist(['played', 'declared']) }),
  may: { who: 'signed_in' },
  records: ({ messageId, sha256, kind }, noted: boolean) =>
    noted ? { subject: 'message', subjectId: messageId, facts: { recording: sha256, kind } } : null,
  async run(ctx, { messageId, sha256, kind }) {
    const listener = listenerOf(ctx)
    const one = (await recordingsToHear(ctx, messageId)).find(({ recording }) => recording.sha256 === sha256)
    if (!one) throw new Refusal('message.no_recording')
    if (one.heard) return false
    refuseIf(one.whyNotSay)
    return insertListening(ctx.db, { ...listener, sha256, kind })
  },
})

function listenerOf(ctx: Ctx): { id: Id<'listening'>; personId: Id<'person'>; at: Date } {
  if (ctx.actor.kind !== 'person') throw new Refusal('review.person_only')
  return { id: newId<'listening'>(), personId: ctx.actor.personId, at: ctx.clock.now() }
}

/** Every recording of a message as it stands, human or machine, with where this person stands with it. */
export async function recordingsToHear(ctx: Ctx, messageId: Id<'message'>): Promise<ToHear[]> {
  const all = (await renditionsOf(ctx.db, messageId)).flatMap((rendition) =>
    rendition.current.recording ? [{ rendition, recording: rendition.current.recording }] : [],
  )
  if (ctx.actor.kind !== 'person') return all.map((one) => ({ ...one, heard: false, whyNotSay: NOT_BEGUN }))
  const hashes = all.map(({ recording }) => recording.sha256)
  const { began, heard } = await listeningsOf(ctx.db, ctx.actor.personId, hashes)
  const now = ctx.clock.now()
  return all.map((one) => ({
    ...one,
    heard: heard.has(one.recording.sha256),
    whyNotSay: whyNotHeardYet(one.recording, began.get(one.recording.sha256) ?? null, now),
  }))
}

const NOT_BEGUN = new Refusal('review.not_begun')

/** Nobody has heard the end of what began less than its length ago. */
function whyNotHeardYet({ seconds }: Recording, began: Date | null, now: Date): Refusal | null {
  if (began === null) return NOT_BEGUN
  const left = seconds - (now.getTime() - began.getTime()) / 1_000
  return left > 0 ? new Refusal('review.too_soon', { seconds: Math.ceil(left) }) : null
}

/** Why this person may not approve yet, though they may return it: recordings they have not listened to, to the end. */
export async function whyNotHeard(ctx: Ctx, messageId: Id<'message'>): Promise<Refusal | null> {
  const left = (await recordingsToHear(ctx, messageId)).filter(({ heard }) => !heard)
  if (left.length === 0) return null
  return new Refusal('review.not_listened', {
    count: left.length,
    recordings: left.map(({ rendition }) => `${rendition.channel}:${rendition.language}`).join(', '),
  })
}
