import * as v from 'valibot'
import { KeptPaperSchema } from '../document/index.ts'
import { action, dayAt, DaySchema, idOf, newId, Refusal, refuseIf, type Ctx, type Id } from '../kernel/index.ts'
import { outletById } from '../outlet/index.ts'
import { deliveryById } from '../release/index.ts'
import { acceptTask, attachOutput, finishTask, taskById } from '../task/index.ts'
import { whyNotReceipt } from './carrier-request.ts'
import { insertCarrierReceipt, sendingsOf } from './carrier.store.ts'
import { aboutRequest, mayAsk, OneRequest, requestToMove } from './move-request.ts'

const Figure = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000_000_000))

/**
 * Files what a carrier reports, with its paper. The paper becomes the output of the task of that row, the task is done,
 * and the row of the ledger is delivered with it: all in one transaction.
 */
export const fileCarrierReceipt = action('carrier.file_receipt', {
  input: v.object({
    ...OneRequest.entries,
    deliveryId: idOf<'delivery'>(),
    subscribers: Figure,
    messages: Figure,
    fromDay: DaySchema,
    toDay: DaySchema,
    note: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(1_000)), ''),
    file: KeptPaperSchema,
  }),
  may: mayAsk,
  records: ({ carrierRequestId, deliveryId, subscribers, messages }) =>
    aboutRequest(carrierRequestId, { delivery: deliveryId, subscribers, messages }),
  async run(ctx, { carrierRequestId, deliveryId, file, ...figures }) {
    const request = await requestToMove(ctx, { carrierRequestId }, 'fileReceipt')
    const sending = (await sendingsOf(ctx.db, request.id)).find((one) => one.deliveryId === deliveryId)
    const delivery = await deliveryById(ctx.db, request.releaseId, deliveryId)
    if (!sending || !delivery) throw new Refusal('carrier.not_found')
    refuseIf(whyNotReceipt(request, sending, delivery.state))
    refuseDays(ctx, figures)
    if (figures.messages < figures.subscribers) throw new Refusal('carrier.fewer_messages', {}, 'messages')
    await insertCarrierReceipt(ctx.db, {
      ...figures,
      id: newId<'carrier_receipt'>(),
      requestId: request.id,
      deliveryId,
      sha256: file.sha256,
      fileName: file.fileName,
      filedAt: ctx.clock.now(),
      filedBy: ctx.actor.kind === 'nobody' ? '' : ctx.actor.name,
    })
    const outlet = await outletById(ctx.db, delivery.outletId)
    await finishWith(ctx, delivery.taskId, `${outlet?.name ?? ''} – ${file.fileName}`.slice(0, 300), file.sha256)
  },
})

function refuseDays(ctx: Ctx, { fromDay, toDay }: { readonly fromDay: string; readonly toDay: string }): void {
  if (fromDay > toDay) throw new Refusal('carrier.days', {}, 'toDay')
  if (toDay > dayAt(ctx.clock.now())) throw new Refusal('document.day_to_come', {}, 'toDay')
}

/** Attaches the paper to the task of the row and finishes it: the ledger follows its tasks. */
async function finishWith(ctx: Ctx, taskId: Id<'task'> | null, title: string, sha256: string): Promise<void> {
  const task = taskId && (await taskById(ctx.db, taskId))
  if (!task) throw new Refusal('carrier.not_due')
  if (task.state === 'set') await acceptTask(ctx, { taskId: task.id })
  await attachOutput(ctx, { taskId: task.id, kind: 'file', title, value: sha256 })
  await finishTask(ctx, { taskId: task.id })
}
