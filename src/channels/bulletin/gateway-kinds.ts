import type { GatewayKind } from '../../core/gateway/index.ts'
import { SMTP_GATEWAY } from './post-offices.ts'

/** What mail goes by. Where `SMTP_URL` is set, it says anew at each start where its own relay stands. */
export const MAIL_GATEWAY_KINDS: readonly GatewayKind[] = [
  {
    channel: 'bulletin',
    kind: SMTP_GATEWAY,
    fields: {
      host: { shape: 'line', initial: '', needed: true, leadsTo: true },
      port: { shape: 'number', initial: 587, least: 1, most: 65_535, leadsTo: true },
      secure: { shape: 'yes', initial: false, leadsTo: true },
      user: { shape: 'line', initial: '' },
    },
  },
]
