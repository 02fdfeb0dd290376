import * as v from 'valibot'
import { action, idOf, newId, Refusal, refuseIf, type Ctx, type Id } from '../kernel/index.ts'
import { addMedia, mediaById } from '../media/index.ts'
import { organisationsWhere } from '../organisation/index.ts'
import { activityById, lockActivity } from './activity.store.ts'
import { whyNotActivity, type Activity } from './activity.ts'
import { noteActivity } from './event.store.ts'
import { refuseLocked } from './lock-period.ts'
import { deleteProof, insertProof, proofsOf } from './proof.store.ts'
import { SENDERS } from './senders.ts'
import { settleActivity } from './settle-activity.ts'

export const PROOF_ROLES = ['photo', 'voice', 'document'] as const
export type ProofRole = (typeof PROOF_ROLES)[number]

/** A kept file, as `takeMedia` or `takeRecording` of the app found it by its bytes. */
export const GivenFile = v.object({
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  kind: v.picklist(['picture', 'audio', 'video', 'document']),
  mime: v.string(),
  bytes: v.number(),
  fileName: v.pipe(v.string(), v.maxLength(300)),
})
export type GivenFile = v.InferOutput<typeof GivenFile>

const OneActivity = v.object({ activityId: idOf<'activity'>() })
const within = async (ctx: Ctx, { activityId }: { readonly activityId: Id<'activity'> }) =>
  (await activityById(ctx.db, activityId))?.organisationId ?? null
const may = { who: 'roles' as const, roles: SENDERS, within }

/** Adds a file or an address to what proves an activity; the same file again adds nothing. */
export const attachProof = action('evidence.attach', {
  input: v.object({
    ...OneActivity.entries,
    proof: v.variant('kind', [
      v.object({ kind: v.literal('file'), file: GivenFile }),
      v.object({ kind: v.literal('link'), value: v.pipe(v.string(), v.trim(), v.maxLength(2_000)) }),
    ]),
  }),
  may,
  records: ({ activityId, proof }, isNew: boolean) =>
    isNew ? { subject: 'activity', subjectId: activityId, facts: { kind: proof.kind } } : null,
  async run(ctx, { activityId, proof }) {
    const activity = await activityToChange(ctx, activityId)
    const isNew = proof.kind === 'file' ? await addFile(ctx, activity, proof.file) : await addLink(ctx, activity, proof)
    if (isNew) await noteActivity(ctx, activityId, 'attached')
    await settleActivity(ctx, activityId)
    return isNew
  },
})

/** Takes a proof away while the activity is not accepted; the file stays in the record. */
export const removeProof = action('evidence.remove_proof', {
  input: v.object({ ...OneActivity.entries, proofId: idOf<'activity_proof'>() }),
  may,
  records: ({ activityId }) => ({ subject: 'activity', subjectId: activityId, facts: {} }),
  async run(ctx, { activityId, proofId }) {
    await activityToChange(ctx, activityId)
    const proof = (await proofsOf(ctx.db, activityId)).find(({ id }) => id === proofId)
    if (!proof || proof.kind === 'machine') throw new Refusal('evidence.proof_not_found')
    await deleteProof(ctx.db, activityId, proofId)
    await noteActivity(ctx, activityId, 'detached')
    await settleActivity(ctx, activityId)
  },
})

/** Writes down that a machine confirms an activity: the log of a station, the answer of a carrier. */
export const noteMachineProof = action('evidence.confirm_by_machine', {
  input: v.object({ ...OneActivity.entries, reference: v.pipe(v.string(), v.minLength(1), v.maxLength(500)) }),
  may: { who: 'system' },
  records: ({ activityId }) => ({ subject: 'activity', subjectId: activityId, facts: {} }),
  async run(ctx, { activityId, reference }) {
    const proofs = await proofsOf(ctx.db, activityId)
    if (proofs.some(({ kind, value }) => kind === 'machine' && value === reference)) return
    await insertProof(ctx.db, { ...bareProof(ctx), activityId, kind: 'machine', value: reference })
    await noteActivity(ctx, activityId, 'confirmed_by_machine')
    await settleActivity(ctx, activityId)
  },
})

async function activityToChange(ctx: Ctx, activityId: Id<'activity'>): Promise<Activity> {
  const activity = await lockActivity(ctx.db, activityId)
  if (!activity) throw new Refusal('evidence.not_found')
  refuseIf(whyNotActivity(activity, 'attach'))
  await refuseLocked(ctx, activity, [activity.day])
  return activity
}

/** Takes a file into the media of the office, off the shelf of the library. Answers whether it is new to the activity. */
export async function addFile(ctx: Ctx, activity: Activity, { fileName, ...file }: GivenFile): Promise<boolean> {
  const { organisationId, day, id: activityId } = activity
  const [body] = await organisationsWhere(ctx.db, [organisationId])
  const about = { title: `${activity.topic || activity.kind} ${day}`, rightsOwner: body?.name ?? '' }
  const { mediaId } = await addMedia(ctx, { ...about, organisationId, fileName, file, shelf: 'evidence' })
  const media = await mediaById(ctx.db, mediaId)
  if (!media) throw new Error(`media ${mediaId} has just been added`)
  const kind = ({ picture: 'photo', audio: 'voice', document: 'document', video: 'document' } as const)[media.kind]
  return insertProof(ctx.db, { ...bareProof(ctx), activityId, kind, mediaId })
}

/** Adds an address, once. */
export async function addLink(
  ctx: Ctx,
  { id: activityId }: Pick<Activity, 'id'>,
  { value }: { readonly value: string },
): Promise<boolean> {
  if (!/^https?:\/\/\S+$/.test(value)) throw new Refusal('evidence.not_a_link', {}, 'links')
  const standing = await proofsOf(ctx.db, activityId)
  if (standing.some((proof) => proof.kind === 'link' && proof.value === value)) return false
  return insertProof(ctx.db, { ...bareProof(ctx), activityId, kind: 'link', value })
}

function bareProof(ctx: Ctx) {
  return { id: newId<'activity_proof'>(), mediaId: null, value: '', doubtful: false, addedAt: ctx.clock.now() }
}
