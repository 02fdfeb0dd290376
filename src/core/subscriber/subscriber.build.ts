import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSecretBox } from '../../platform/secrets/secret-box.ts'
import { openTestDatabase, stillClock, testCtx } from '../../testing/index.ts'
import { askSubscription } from './ask-subscription.ts'
import { confirmSubscription } from './confirm-subscription.ts'
import { contactsFor } from './contacts-for.ts'
import { sendConfirmationJob, sendConfirmationsWith, type Confirmation } from './subscriber.jobs.ts'
import { BARE_OUTLET_ROW, importOutlets, outletRows, outletsWhere } from '../outlet/index.ts'
import { dayAt, type Ctx, type Id } from '../kernel/index.ts'
import { importSubscribers, previewSubscribers } from './import-subscribers.ts'
import { openList } from './list.ts'

/** A list of the province, open to all unless it is said otherwise; `ctx` is the system on a database with the reference. */
export async function buildList(
  ctx: Ctx,
  given: {
    readonly code: string
    readonly channel?: 'bulletin' | 'sms'
    readonly place?: string
    readonly open?: boolean
  },
): Promise<Id<'outlet'>> {
  const { code, channel = 'bulletin', place = 'LC-2025', open = true } = given
  const row = { ...BARE_OUTLET_ROW, code, name: `Danh sách ${code}`, kind: 'subscribers', channel, means: 'machine' }
  const kept = await outletRows(ctx.db)
  await importOutlets(ctx, { rows: [...kept, { ...row, place, organisation: 'UBND-LC-2025' }] })
  const found = await outletsWhere(ctx.db, { day: dayAt(ctx.clock.now()), kind: 'subscribers' }, null, 1_000)
  const outlet = found.find((one) => one.code === code)
  if (!outlet) throw new Error('the list was not kept')
  if (open) await openList(ctx, { outletId: outlet.id })
  return outlet.id
}

/** Makes contacts members of a list, as if they had agreed in a meeting. Answers how many became one. */
export async function buildMembers(ctx: Ctx, outletId: Id<'outlet'>, contacts: readonly string[]): Promise<number> {
  const rows = contacts.map((contact) => ({ contact, language: '', consent_on: '2020-01-01', consent_note: 'Họp' }))
  const { importId } = await previewSubscribers(ctx, { outletId, rows })
  if (!importId) throw new Error('a contact of the test can be none')
  return (await importSubscribers(ctx, { importId, outletId })).added
}

/** A province with two lists open to all, on a clock that stands, whose mails are kept instead of sent. */
export async function openListStage() {
  const database = await openTestDatabase('province')
  const folder = await mkdtemp(join(tmpdir(), 'loa-subscriber-'))
  const clock = stillClock('2026-07-01T01:00:00Z')
  const secrets = openSecretBox(join(folder, 'secret.key'))
  const ctx = testCtx(database.db, { clock, secrets })
  const stranger = testCtx(database.db, { clock, secrets, actor: { kind: 'nobody' } })
  const bulletin = await buildList(ctx, { code: 'BAN-TIN' })
  const other = await buildList(ctx, { code: 'BAN-TIN-2' })
  const mails: Confirmation[] = []
  sendConfirmationsWith(async (_ctx, mail) => void mails.push(mail))
  let from = 0

  /** Asks from an address of its own, works the jobs that came of it, and answers the mails that were sent. */
  async function ask(contact: string, outletIds = [bulletin], address = `192.0.2.${++from}`): Promise<Confirmation[]> {
    stranger.enqueued.length = 0
    mails.length = 0
    await askSubscription(stranger, { contact, outletIds, language: 'vi', consents: true, address })
    for (const { payload } of stranger.enqueued) {
      await sendConfirmationJob.run(ctx, payload as Parameters<typeof sendConfirmationJob.run>[1]) // as it was enqueued
    }
    clock.set(new Date(clock.now().getTime() + 1_000).toISOString())
    return [...mails]
  }

  return {
    ctx,
    stranger,
    clock,
    bulletin,
    other,
    ask,
    /** Asks and confirms. */
    async subscribed(contact: string, outletIds = [bulletin]): Promise<Id<'subscriber'>> {
      const [mail] = await ask(contact, outletIds)
      return (await confirmSubscription(stranger, { link: mail?.confirmLink ?? '' })).id
    },
    /** The contact point to which a list would be sent now; null: none. */
    async reached(recipientId: Id<'subscriber'>, outletId = bulletin): Promise<string | null> {
      return (await contactsFor(ctx, [{ recipientId, outletId }])).get(recipientId)?.contact ?? null
    },
    async close(): Promise<void> {
      await database.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

export type ListStage = Awaited<ReturnType<typeof openListStage>>
