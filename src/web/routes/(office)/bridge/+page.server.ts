import {
  CodeTable,
  codesOf,
  classOf,
  exchangesBefore,
  proposalsBefore,
  proposedDaysAfter,
  receivePackage,
  sendPackage,
  settingOf,
  whyNotTake,
} from '#core/bridge/index.ts'
import { addDays, dayAt, Refusal } from '#core/kernel/index.ts'
import { sentenceOf } from '#app/wording/words.ts'
import { fieldOf } from '#web/forms/act.ts'
import { givenId } from '#web/lib/given-id.ts'
import { paths, withQuery } from '#web/paths.ts'
import { formWork } from './form-work.ts'
import type { Actions, PageServerLoad } from './$types.ts'

const PER_PAGE = 20

export const load: PageServerLoad = async ({ locals: { ctx, w }, url }) => {
  const before = givenId<'bridge_exchange'>(url.searchParams.get('before') ?? '')
  const found = await exchangesBefore(ctx.db, before, PER_PAGE + 1)
  const exchanges = found.slice(0, PER_PAGE)
  const last = found.length > PER_PAGE ? exchanges.at(-1) : undefined
  const refusal = await whyNotTake(ctx)
  const whyNot = refusal && sentenceOf(w, refusal)
  const { pushAddress } = await settingOf(ctx.db)
  const codes = new CodeTable(await codesOf(ctx.db))
  const today = dayAt(ctx.clock.now())
  return {
    exchanges,
    proposals: (await proposalsBefore(ctx.db, { open: true, before: null }, PER_PAGE)).map((one) => ({
      id: one.id as string,
      title: one.bulletin.title,
      from: one.bulletin.from || one.source,
      cameAt: one.cameAt,
      class: classOf(one.bulletin, codes),
      code: one.bulletin.urgency,
    })),
    waiting: (await proposedDaysAfter(ctx.db, null, 1)).length > 0,
    days: { from: today, to: addDays(today, 6) },
    whyNot,
    whyNotPush: whyNot ?? (pushAddress === '' ? sentenceOf(w, new Refusal('bridge.no_address')) : null),
    first: before ? withQuery(url, { before: null }) : null,
    next: last ? withQuery(url, { before: last.id }) : null,
  }
}

export const actions: Actions = {
  send: formWork(async (data, { locals: { ctx } }) => {
    const days = { from: fieldOf(data, 'from'), to: fieldOf(data, 'to') }
    const id = await sendPackage(ctx, days, fieldOf(data, 'way') === 'push' ? 'push' : 'file')
    return `${paths.bridgeExchange(id)}?done=bridge_sent`
  }),
  receive: formWork(async (data, { locals: { ctx } }) => {
    const file = data.get('file')
    if (!(file instanceof File) || file.size === 0) throw new Refusal('input.required', {}, 'file')
    const bytes = new Uint8Array(await file.arrayBuffer())
    return paths.bridgeExchange(await receivePackage(ctx, file.name.normalize('NFC'), bytes))
  }),
}
