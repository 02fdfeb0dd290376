import type { Standing } from '#core/takeover/index.ts'
import type { Tone } from '#web/ui/Badge.svelte'

export const STANDING_TONES: Readonly<Record<Standing, Tone>> = {
  asked: 'waiting',
  approved: 'waiting',
  speaking: 'problem',
  ended: 'done',
  dropped: 'plain',
  lapsed: 'plain',
}
