import { gatewaysOf, type Gateway } from '../../core/gateway/index.ts'
import type { Ctx, Id } from '../../core/kernel/index.ts'
import { openPostOffice, type PostOffice } from '../../platform/mail/index.ts'

/** The kind of gateway that speaks SMTP to a relay. */
export const SMTP_GATEWAY = 'smtp'

const offices = new Map<Id<'gateway'>, { readonly settings: string; readonly office: PostOffice }>()

/** The post office that hands over by a gateway: one for all, as long as the gateway stays as it is. */
export async function officeOf(ctx: Ctx, gateway: Gateway): Promise<PostOffice> {
  const { id, settings, secretSealed, windowSize } = gateway
  const now = JSON.stringify([settings, secretSealed, windowSize])
  const open = offices.get(id)
  if (open?.settings === now) return open.office
  const password = secretSealed && (await ctx.secrets.open(secretSealed, `gateway:${id}`))
  const relay = {
    host: String(settings['host'] ?? '127.0.0.1'),
    port: Number(settings['port'] ?? 587),
    secure: settings['secure'] === true,
    user: settings['user'] ? String(settings['user']) : null,
    password,
  }
  const office = openPostOffice(relay, windowSize)
  offices.set(id, { settings: now, office })
  void open?.office.close()
  return office
}

/** A gateway for a single letter: the first that runs and serves all bodies. */
export async function anyGateway(ctx: Ctx): Promise<Gateway | null> {
  const all = await gatewaysOf(ctx.db, 'bulletin')
  return all.find((one) => one.kind === SMTP_GATEWAY && one.pausedAt === null && one.organisationId === null) ?? null
}

export async function closeOffices(): Promise<void> {
  const all = [...offices.values()]
  offices.clear()
  for (const { office } of all) await office.close()
}
