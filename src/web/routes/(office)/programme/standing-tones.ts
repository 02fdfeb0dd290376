import type { PlayStanding } from '#core/programme/index.ts'

export const STANDING_TONES = {
  offered: 'waiting',
  coming: 'plain',
  awaited: 'waiting',
  played: 'done',
  partial: 'doubt',
  skipped: 'plain',
  unplayed: 'problem',
  cancelled: 'plain',
} as const satisfies Record<PlayStanding, string>
