import {
  carrierRequestById,
  dropCarrierRequest,
  fileCarrierReceipt,
  figuresOf,
  noteCommitteeSigned,
  numberRequest,
  sendingsOf,
  sendToCarriers,
  sendToCommittee,
  whyNotCarrier,
  whyNotReceipt,
  type CarrierRequest,
} from '#core/carrier/index.ts'
import { documentById, documentName, signedCopiesOf, whyNotIssue } from '#core/document/index.ts'
import { dayAt, Refusal, type Ctx, type Id } from '#core/kernel/index.ts'
import { messageById } from '#core/message/index.ts'
import { organisationsWhere } from '#core/organisation/index.ts'
import { outletsByIds } from '#core/outlet/index.ts'
import { deliveryById, releaseById } from '#core/release/index.ts'
import { sentenceOf } from '#app/wording/words.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { givenId } from '#web/lib/given-id.ts'
import { paths } from '#web/paths.ts'
import { paperIn, paperOrNone } from '#web/forms/paper-in.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx, w }, params }) => {
  const request = await requestOf(ctx, params.id)
  const may = await numberRequest.whyNot(ctx, { carrierRequestId: request.id })
  const say = (refusal: Refusal | null) => refusal && sentenceOf(w, refusal)
  const release = await releaseById(ctx.db, request.releaseId)
  const asked = await documentOf(ctx, request.requestId)
  const [committee] = await organisationsWhere(ctx.db, [request.committeeId])
  const carriers = await carriersOf(ctx, request)
  return {
    request,
    today: dayAt(ctx.clock.now()),
    title: (release && (await messageById(ctx.db, release.messageId))?.workingTitle) ?? '',
    committee: committee?.name ?? '',
    asked,
    letter: await documentOf(ctx, request.letterId),
    carriers: carriers.map(({ refusal, ...carrier }) => ({ ...carrier, whyNot: say(may ?? refusal) })),
    figures: figuresOf(carriers),
    whyNot: {
      number: say(may ?? whyNotCarrier(request, 'number') ?? (asked ? whyNotIssue(asked) : null)),
      send: say(may ?? whyNotCarrier(request, 'send') ?? (asked?.state === 'draft' ? NOT_ISSUED : null)),
      noteSigned: say(may ?? whyNotCarrier(request, 'noteSigned')),
      sendToCarriers: say(may ?? whyNotCarrier(request, 'sendToCarriers')),
      drop: say(may ?? whyNotCarrier(request, 'drop')),
    },
  }
}

const NOT_ISSUED = new Refusal('carrier.request_not_issued')

async function requestOf(ctx: Ctx, given: string | undefined): Promise<CarrierRequest> {
  const id = givenId<'carrier_request'>(given)
  const request = id && (await carrierRequestById(ctx.db, id))
  if (!request) throw new Refusal('carrier.not_found')
  return request
}

async function documentOf(ctx: Ctx, id: Id<'document'>) {
  const document = await documentById(ctx.db, id)
  if (!document) throw new Refusal('document.not_found')
  const { state, number, content } = document
  return { id, state, number, content, name: documentName(document), copies: await signedCopiesOf(ctx.db, id) }
}

/** Each carrier with what it reported, or why nothing can be filed of it yet. */
async function carriersOf(ctx: Ctx, request: CarrierRequest) {
  const sendings = await sendingsOf(ctx.db, request.id)
  const outlets = await outletsByIds(
    ctx.db,
    sendings.map(({ outletId }) => outletId),
  )
  const carriers = await Promise.all(
    sendings.map(async (sending) => {
      const delivery = await deliveryById(ctx.db, request.releaseId, sending.deliveryId)
      return {
        ...sending,
        name: outlets.get(sending.outletId)?.name ?? '',
        refusal: whyNotReceipt(request, sending, delivery?.state ?? 'planned'),
      }
    }),
  )
  return carriers.sort((one, other) => one.name.localeCompare(other.name, 'vi'))
}

type Here = { readonly params: Partial<Record<string, string>> }
const which = (_data: FormData, { params }: Here) => ({ carrierRequestId: params.id ?? '' })
const here =
  (done: string) =>
  (_result: unknown, { params }: Here) =>
    `${paths.carrierRequest(params.id ?? '')}?done=${done}`
const figureOf = (data: FormData, name: string) => Number(fieldOf(data, name).replace(/[.\s]/g, '') || NaN)

export const actions: Actions = {
  number: act(numberRequest, { input: which, then: here('carrier_numbered') }),
  send: act(sendToCommittee, {
    input: async (data, event) => ({
      ...which(data, event),
      file: await paperOrNone(event.locals.ctx, data, (ctx) => numberRequest.whyNot(ctx, idOf(event))),
    }),
    then: here('carrier_sent'),
  }),
  signed: act(noteCommitteeSigned, {
    input: async (data, event) => ({
      ...which(data, event),
      number: fieldOf(data, 'number'),
      issuedOn: fieldOf(data, 'issuedOn'),
      signer: fieldOf(data, 'signer'),
      file: await paperIn(event.locals.ctx, data, (ctx) => numberRequest.whyNot(ctx, idOf(event))),
    }),
    then: here('carrier_signed'),
  }),
  carriers: act(sendToCarriers, {
    input: (data, event) => ({
      ...which(data, event),
      deliveryIds: data.getAll('deliveryIds').map(String),
      sentOn: fieldOf(data, 'sentOn'),
    }),
    then: here('carrier_sent_on'),
  }),
  receipt: act(fileCarrierReceipt, {
    input: async (data, event) => ({
      ...which(data, event),
      deliveryId: fieldOf(data, 'deliveryId'),
      subscribers: figureOf(data, 'subscribers'),
      messages: figureOf(data, 'messages'),
      fromDay: fieldOf(data, 'fromDay'),
      toDay: fieldOf(data, 'toDay'),
      note: fieldOf(data, 'note'),
      file: await paperIn(event.locals.ctx, data, (ctx) => numberRequest.whyNot(ctx, idOf(event))),
    }),
    then: here('carrier_receipt_filed'),
  }),
  drop: act(dropCarrierRequest, {
    input: (data, event) => ({ ...which(data, event), reason: fieldOf(data, 'reason') }),
    then: here('carrier_dropped'),
  }),
}

function idOf({ params }: Here): { carrierRequestId: Id<'carrier_request'> } {
  const carrierRequestId = givenId<'carrier_request'>(params.id)
  if (!carrierRequestId) throw new Refusal('carrier.not_found')
  return { carrierRequestId }
}
