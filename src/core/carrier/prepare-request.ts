import * as v from 'valibot'
import { draftDocument } from '../document/index.ts'
import {
  actingPerson,
  action,
  asSystem,
  DaySchema,
  idOf,
  newId,
  Refusal,
  refuseIf,
  tidy,
  type Ctx,
  type Id,
  type Role,
} from '../kernel/index.ts'
import { organisationsWhere, type Organisation } from '../organisation/index.ts'
import { releaseById } from '../release/index.ts'
import { letterContent, requestContent } from './carrier-papers.ts'
import { carriersOf, carrierWords } from './carrier-words.ts'
import { carrierRequestOf, insertCarrierRequest } from './carrier.store.ts'

/** Who makes the dossier, sends it and files what comes back. */
export const ASKERS: readonly Role[] = ['campaign_officer', 'leader']

const words = (most: number, least = 0) => v.pipe(v.string(), v.transform(tidy), v.minLength(least), v.maxLength(most))
const Hour = v.pipe(v.string(), v.regex(/^([01]\d|2[0-3]):[0-5]\d$/))

/** Makes the dossier of a release: the request to the people's committee and the draft of its letter to the carriers. */
export const prepareCarrierRequest = action('carrier.prepare', {
  input: v.object({
    releaseId: idOf<'release'>(),
    area: words(300, 1),
    hourFrom: Hour,
    hourTo: Hour,
    fromDay: DaySchema,
    toDay: DaySchema,
    /** As carriers register it: eleven characters without marks (domain practice of the Vietnamese carriers). */
    senderName: v.pipe(words(11), v.regex(/^[A-Za-z0-9 ._-]*$/)),
    reason: words(4_000),
    position: words(200, 1),
    signer: words(50, 1),
    forHead: words(200),
    unit: words(50),
  }),
  may: {
    who: 'roles',
    roles: ASKERS,
    within: async (ctx, { releaseId }) => (await releaseById(ctx.db, releaseId))?.organisationId ?? null,
  },
  records: ({ releaseId }, id: Id<'carrier_request'>) => ({
    subject: 'carrier_request',
    subjectId: id,
    facts: { release: releaseId },
  }),
  async run(ctx, { releaseId, reason, position, signer, forHead, unit, ...terms }): Promise<Id<'carrier_request'>> {
    refuseIf(await whyNotPrepare(ctx, releaseId))
    if (terms.fromDay > terms.toDay) throw new Refusal('carrier.days', {}, 'toDay')
    if (terms.hourFrom >= terms.hourTo) throw new Refusal('carrier.hours', {}, 'hourTo')
    const release = await releaseById(ctx.db, releaseId)
    const committee = release && (await committeeOf(ctx, release.organisationId))
    if (!release || !committee) throw new Refusal('carrier.no_committee')
    const carriers = await carriersOf(ctx, releaseId)
    const said = await carrierWords(ctx, release, committee, terms)
    const id = newId<'carrier_request'>()
    const origin = { originKind: 'carrier_request', originId: id }
    const authority = forHead ? [{ prefix: 'KT.' as const, of: forHead }] : []
    const requestId = await draftDocument(ctx, {
      ...origin,
      organisationId: release.organisationId,
      type: 'request',
      content: requestContent(said, reason, { authority, position, name: signer }, unit),
    })
    // Drafted for the committee by who asks it: it holds no role there, and issues nothing in its name.
    const letterId = await draftDocument(asSystem(ctx, 'carrier'), {
      ...origin,
      organisationId: committee.id,
      type: 'letter',
      content: letterContent(said, null),
    })
    await insertCarrierRequest(
      ctx.db,
      {
        ...terms,
        id,
        releaseId,
        organisationId: release.organisationId,
        committeeId: committee.id,
        requestId,
        letterId,
        state: 'drafted',
        sentOn: null,
        droppedReason: null,
        createdAt: ctx.clock.now(),
        createdBy: actingPerson(ctx),
      },
      carriers.map(({ row }) => row),
    )
    return id
  },
})

/** Why no dossier can be made of this release now; null when one can. */
export async function whyNotPrepare(ctx: Ctx, releaseId: Id<'release'>): Promise<Refusal | null> {
  const release = await releaseById(ctx.db, releaseId)
  if (!release) return new Refusal('release.not_found')
  if ((await carriersOf(ctx, releaseId)).length === 0) {
    return new Refusal(release.state === 'proposed' ? 'carrier.not_released' : 'carrier.no_carriers')
  }
  if (release.kind === 'recall') return new Refusal('carrier.no_recall')
  if (release.cancelledAt !== null) return new Refusal('carrier.release_cancelled')
  if (await carrierRequestOf(ctx.db, releaseId)) return new Refusal('carrier.is_prepared')
  return (await committeeOf(ctx, release.organisationId)) ? null : new Refusal('carrier.no_committee')
}

/** The provincial people's committee at or above a body. */
async function committeeOf(ctx: Ctx, organisationId: Id<'organisation'>): Promise<Organisation | null> {
  const above = await organisationsWhere(ctx.db, [...(await ctx.hierarchy.above(ctx.db, organisationId))])
  return above.find(({ kind, level }) => kind === 'peoples_committee' && level === 'province') ?? null
}
