import { listenForReturns } from '../channels/bulletin/return-listener.ts'
import { writeMailAs } from '../channels/bulletin/mail-settings.ts'
import { SMTP_GATEWAY } from '../channels/bulletin/post-offices.ts'
import { startMailSimulator } from '../channels/bulletin/simulator/mail-simulator.ts'
import { gatewaysOf, updateGateway, upsertGateway, type Gateway } from '../core/gateway/index.ts'
import { asSystem, newId, type Ctx } from '../core/kernel/index.ts'
import { mailKitsWith } from '../core/press/index.ts'
import { tellContributorsWith } from '../core/report/index.ts'
import type { Config } from '../platform/config/index.ts'
import { readDkimKey, relayOfUrl, type Relay } from '../platform/mail/index.ts'
import type { Loa } from './loa.ts'
import { pressKitMailer } from './press-kit.ts'
import { pressMail } from './press-mail.ts'
import { staffMail } from './staff-mail.ts'
import { tellContributorsBy } from './tell-contributors-by.ts'
import { readWording } from './wording/read-wording.ts'

const OWN_RELAY = 'SMTP'
/** The gateway of the demonstration; where it stands, mail goes to our own simulator as long as no relay is set. */
const PLAYED_RELAY = 'SMTP-GIA-LAP'

/** Says who writes our mail, in every process that may send some. `address` is that of the pages as people type it. @throws Error with the remedy, as for a key that cannot be read. */
export async function setUpMail({ mail }: Pick<Config, 'mail'>, address: string): Promise<void> {
  const { from, returnDomain, dkim } = mail
  const domain = from.address.slice(from.address.indexOf('@') + 1)
  const wordings = { vi: readWording('vi'), en: readWording('en') }
  const origin = address.replace(/\/$/, '')
  mailKitsWith(pressKitMailer(pressMail, { origin, w: wordings.vi }))
  tellContributorsWith(tellContributorsBy(staffMail, origin))
  writeMailAs({
    origin,
    from,
    returnDomain,
    dkim: dkim && (await readDkimKey(dkim.keyFile, domain, dkim.selector)),
    say: (language) => (language === 'en' ? wordings.en : wordings.vi),
  })
}

/**
 * Keeps the relay that SMTP_URL names as a gateway, and takes what comes back. Without SMTP_URL a demonstration plays the
 * mail servers itself; any other installation sends no mail. Answers how to stop.
 */
export async function startMail(loa: Loa, { mail }: Pick<Config, 'mail'>): Promise<() => Promise<void>> {
  const ctx = asSystem(loa.contextOf({ kind: 'nobody' }), 'mail')
  const played = (await gatewaysOf(ctx.db, 'bulletin')).find(({ code }) => code === PLAYED_RELAY)
  const plays = played !== undefined && mail.smtpUrl === null
  const closers: (() => Promise<void>)[] = []
  if (mail.returnPort !== null || plays) {
    const returns = await listenForReturns(ctx, mail.returnPort ?? 0)
    closers.push(returns.close)
    if (plays) {
      const simulator = await startMailSimulator({ port: 0, returnPort: returns.port })
      closers.push(simulator.close)
      await keepRelay(ctx, PLAYED_RELAY, { ...NO_RELAY, port: simulator.port }, true)
    }
  }
  if (mail.smtpUrl !== null) {
    await keepRelay(ctx, OWN_RELAY, relayOfUrl(mail.smtpUrl), false)
    const paused = { pausedAt: ctx.clock.now(), pausedReason: 'SMTP_URL' }
    if (played) await updateGateway(ctx.db, played.id, paused)
  }
  return async () => {
    for (const close of closers.reverse()) await close()
  }
}

/** Marks an empty database as a demonstration, whose mail goes nowhere. */
export async function playMail(ctx: Ctx): Promise<void> {
  await keepRelay(ctx, PLAYED_RELAY, NO_RELAY, true)
}

const NO_RELAY: Relay = { host: '127.0.0.1', port: 1, secure: false, user: null, password: null }

async function keepRelay(ctx: Ctx, code: string, relay: Relay, simulated: boolean): Promise<void> {
  const standing = (await gatewaysOf(ctx.db, 'bulletin')).find((one) => one.code === code)
  const id = standing?.id ?? newId<'gateway'>()
  const { host, port, secure, user, password } = relay
  const gateway: Gateway = {
    id,
    code,
    name: simulated ? 'Máy chủ thư giả lập' : `Máy chủ thư ${host}`,
    channel: 'bulletin',
    kind: SMTP_GATEWAY,
    organisationId: null,
    settings: user === null ? { host, port, secure } : { host, port, secure, user },
    secretSealed: password === null ? null : await ctx.secrets.seal(password, `gateway:${id}`),
    share: standing?.share ?? 100,
    shareNow: standing?.shareNow ?? 100,
    ratePerSecond: standing?.ratePerSecond ?? (simulated ? 2_000 : 50),
    windowSize: standing?.windowSize ?? 10,
    simulated,
    pausedAt: null,
    pausedReason: null,
  }
  await upsertGateway(ctx.db, gateway)
}
