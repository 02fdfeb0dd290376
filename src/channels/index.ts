/** Every way out there is, by the keys that plans use. */
import type { ChannelRules } from '../core/channel/index.ts'
import type { GatewayKind } from '../core/gateway/index.ts'
import type { Sender } from '../core/release/index.ts'
import { bannerRules } from './banner/banner.ts'
import { boardSender } from './board/board-sender.ts'
import { boardRules } from './board/board.ts'
import { bulletinRules } from './bulletin/bulletin.ts'
import { bulletinSender } from './bulletin/bulletin-sender.ts'
import { loudspeakerRules } from './loudspeaker/loudspeaker.ts'
import { loudspeakerSender } from './loudspeaker/loudspeaker-sender.ts'
import { noticeBoardRules } from './notice-board/notice-board.ts'
import { eventRules, otherRules } from './other/other.ts'
import { portalRules } from './portal/portal.ts'
import { portalSender } from './portal/portal-sender.ts'
import { pressSender } from './press/press-sender.ts'
import { pressRules } from './press/press.ts'
import { folderRules, leafletRules, panelRules, pictureRules, posterRules } from './print/print.ts'
import { MAIL_GATEWAY_KINDS } from './bulletin/gateway-kinds.ts'
import { SMS_GATEWAY_KINDS } from './sms/gateway-kinds.ts'
import { smsSender } from './sms/sms-sender.ts'
import { smsRules } from './sms/sms.ts'
import { socialRules } from './social/social.ts'
import { mobileTeamRules, talkingRules } from './talk/talk.ts'
import { webhookRules } from './webhook/webhook.ts'

export const CHANNEL_RULES: readonly ChannelRules[] = [
  portalRules,
  pressRules,
  socialRules(),
  bulletinRules,
  loudspeakerRules,
  smsRules(),
  boardRules,
  noticeBoardRules,
  posterRules,
  pictureRules,
  panelRules,
  leafletRules,
  folderRules,
  bannerRules,
  mobileTeamRules,
  talkingRules,
  eventRules,
  webhookRules,
  otherRules,
]

/** How each channel that reaches machines sends to them. */
export const SENDERS: readonly Sender[] = [
  portalSender,
  pressSender,
  bulletinSender,
  smsSender,
  boardSender,
  loudspeakerSender,
]

/** What they go by, where that is registered. */
export const GATEWAY_KINDS: readonly GatewayKind[] = [...SMS_GATEWAY_KINDS, ...MAIL_GATEWAY_KINDS]
