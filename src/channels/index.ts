/** Every way out there is, by the keys that plans use. */
import type { ChannelRules } from '../core/channel/index.ts'
import type { Sender } from '../core/release/index.ts'
import { bannerRules } from './banner/banner.ts'
import { boardRules } from './board/board.ts'
import { bulletinRules } from './bulletin/bulletin.ts'
import { bulletinSender } from './bulletin/bulletin-sender.ts'
import { loudspeakerRules } from './loudspeaker/loudspeaker.ts'
import { noticeBoardRules } from './notice-board/notice-board.ts'
import { eventRules, otherRules } from './other/other.ts'
import { portalRules } from './portal/portal.ts'
import { portalSender } from './portal/portal-sender.ts'
import { pressSender } from './press/press-sender.ts'
import { pressRules } from './press/press.ts'
import { folderRules, leafletRules, panelRules, pictureRules, posterRules } from './print/print.ts'
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
export const SENDERS: readonly Sender[] = [portalSender, pressSender, bulletinSender]
