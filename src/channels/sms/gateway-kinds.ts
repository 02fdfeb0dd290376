import type { GatewayKind } from '../../core/gateway/index.ts'
import { HTTP_FIELDS } from './http/settings.ts'
import { SMPP_FIELDS } from './smpp/settings.ts'

/** What text messages go by. */
export const SMS_GATEWAY_KINDS: readonly GatewayKind[] = [
  { channel: 'sms', kind: 'smpp', fields: SMPP_FIELDS },
  { channel: 'sms', kind: 'http', fields: HTTP_FIELDS },
]
