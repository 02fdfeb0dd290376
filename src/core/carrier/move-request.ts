import * as v from 'valibot'
import {
  changeDocument,
  documentById,
  documentName,
  dropDocument,
  issueDocument,
  KeptPaperSchema,
  keepSignedCopy,
  recordElsewhere,
} from '../document/index.ts'
import {
  action,
  asSystem,
  dayAt,
  DaySchema,
  idOf,
  Refusal,
  refuseIf,
  tidy,
  type Ctx,
  type Id,
} from '../kernel/index.ts'
import { organisationsWhere } from '../organisation/index.ts'
import { releaseById } from '../release/index.ts'
import { letterContent } from './carrier-papers.ts'
import { carrierWords } from './carrier-words.ts'
import { whyNotCarrier, type CarrierDeed, type CarrierRequest } from './carrier-request.ts'
import {
  carrierRequestById,
  lockCarrierRequest,
  sendingsOf,
  setSentToCarrier,
  updateCarrierRequest,
} from './carrier.store.ts'
import { ASKERS } from './prepare-request.ts'

export const OneRequest = v.object({ carrierRequestId: idOf<'carrier_request'>() })
type Which = v.InferOutput<typeof OneRequest>

export const mayAsk = {
  who: 'roles' as const,
  roles: ASKERS,
  within: async (ctx: Ctx, { carrierRequestId }: Which) =>
    (await carrierRequestById(ctx.db, carrierRequestId))?.organisationId ?? null,
}
export const aboutRequest = (id: Id<'carrier_request'>, facts: Record<string, string | number> = {}) => ({
  subject: 'carrier_request',
  subjectId: id,
  facts,
})

/** The request, locked for the rest of the transaction. @throws Refusal `carrier.not_found`, `carrier.is_…` */
export async function requestToMove(ctx: Ctx, { carrierRequestId }: Which, deed: CarrierDeed): Promise<CarrierRequest> {
  const request = await lockCarrierRequest(ctx.db, carrierRequestId)
  if (!request) throw new Refusal('carrier.not_found')
  refuseIf(whyNotCarrier(request, deed))
  return request
}

/** Gives the request its number, and has the draft of the committee's letter name it. */
export const numberRequest = action('carrier.number', {
  input: OneRequest,
  may: mayAsk,
  records: ({ carrierRequestId }, number: number) => aboutRequest(carrierRequestId, { number }),
  async run(ctx, which): Promise<number> {
    const request = await requestToMove(ctx, which, 'number')
    const number = await issueDocument(ctx, { documentId: request.requestId })
    await nameRequestInLetter(ctx, request)
    return number
  },
})

async function nameRequestInLetter(ctx: Ctx, request: CarrierRequest): Promise<void> {
  const issued = await documentById(ctx.db, request.requestId)
  const release = await releaseById(ctx.db, request.releaseId)
  const [committee] = await organisationsWhere(ctx.db, [request.committeeId])
  if (!issued || !release || !committee) throw new Refusal('carrier.not_found')
  const words = await carrierWords(ctx, release, committee, request)
  const content = letterContent(words, documentName(issued))
  await changeDocument(asSystem(ctx, 'carrier'), { documentId: request.letterId, content })
}

/** Notes that the numbered request went to the committee, with its signed copy where there is one already. */
export const sendToCommittee = action('carrier.send', {
  input: v.object({ ...OneRequest.entries, file: v.nullish(KeptPaperSchema, null) }),
  may: mayAsk,
  records: ({ carrierRequestId }) => aboutRequest(carrierRequestId),
  async run(ctx, { file, ...which }) {
    const request = await requestToMove(ctx, which, 'send')
    const document = await documentById(ctx.db, request.requestId)
    if (document?.state === 'draft') throw new Refusal('carrier.request_not_issued')
    if (file) await keepSignedCopy(ctx, { documentId: request.requestId, file })
    await updateCarrierRequest(ctx.db, request.id, { state: 'sent', sentOn: dayAt(ctx.clock.now()) })
  },
})

/** Notes that the committee has signed: number, day and signer as on the paper, and the paper itself. */
export const noteCommitteeSigned = action('carrier.note_signed', {
  input: v.object({
    ...OneRequest.entries,
    number: v.pipe(v.string(), v.transform(tidy), v.minLength(1), v.maxLength(50)),
    issuedOn: DaySchema,
    signer: v.pipe(v.string(), v.transform(tidy), v.minLength(1), v.maxLength(50)),
    file: KeptPaperSchema,
  }),
  may: mayAsk,
  records: ({ carrierRequestId, number }) => aboutRequest(carrierRequestId, { number }),
  async run(ctx, { carrierRequestId, ...signed }) {
    const request = await requestToMove(ctx, { carrierRequestId }, 'noteSigned')
    await recordElsewhere(ctx, { documentId: request.letterId, ...signed })
    await updateCarrierRequest(ctx.db, request.id, { state: 'signed' })
  },
})

/** Notes that the signed letter was sent to these carriers. */
export const sendToCarriers = action('carrier.send_to_carriers', {
  input: v.object({
    ...OneRequest.entries,
    deliveryIds: v.pipe(v.array(idOf<'delivery'>()), v.minLength(1), v.maxLength(50)),
    sentOn: DaySchema,
  }),
  may: mayAsk,
  records: ({ carrierRequestId, deliveryIds }) => aboutRequest(carrierRequestId, { count: deliveryIds.length }),
  async run(ctx, { deliveryIds, sentOn, ...which }) {
    const request = await requestToMove(ctx, which, 'sendToCarriers')
    const letter = await documentById(ctx.db, request.letterId)
    if (letter?.issuedOn && sentOn < letter.issuedOn) throw new Refusal('carrier.sent_before_signed', {}, 'sentOn')
    if (sentOn > dayAt(ctx.clock.now())) throw new Refusal('document.day_to_come', {}, 'sentOn')
    const sendings = await sendingsOf(ctx.db, request.id)
    const by = ctx.actor.kind === 'nobody' ? '' : ctx.actor.name
    for (const deliveryId of deliveryIds) {
      const sending = sendings.find((one) => one.deliveryId === deliveryId)
      if (!sending) throw new Refusal('carrier.not_found')
      if (sending.sentOn !== null) throw new Refusal('carrier.sent_already')
      await setSentToCarrier(ctx.db, request.id, deliveryId, { on: sentOn, by })
    }
  },
})

/** Lays the dossier aside before the committee has signed; another may be made of the same release. */
export const dropCarrierRequest = action('carrier.drop', {
  input: v.object({ ...OneRequest.entries, reason: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(2_000)) }),
  may: mayAsk,
  records: ({ carrierRequestId }) => aboutRequest(carrierRequestId),
  async run(ctx, { reason, ...which }) {
    const request = await requestToMove(ctx, which, 'drop')
    for (const documentId of [request.requestId, request.letterId]) {
      // What has its number keeps it: the register has no gap.
      const document = await documentById(ctx.db, documentId)
      if (document?.state === 'draft') await dropDocument(asSystem(ctx, 'carrier'), { documentId })
    }
    await updateCarrierRequest(ctx.db, request.id, { state: 'dropped', droppedReason: reason })
  },
})
