import type { SettingFields, SettingsOf } from '../../core/gateway/index.ts'

/** What every gateway of text messages is told, whatever it speaks. */
export const SENDING_FIELDS = {
  /** Who it comes from: a brand name of up to eleven letters, or a number. */
  from: { shape: 'line', initial: '', needed: true },
  /** Which of the two texts of a rendition goes this way: some gateways take no letter outside GSM 03.38. */
  words: { shape: 'choice', initial: 'unaccented', choices: ['unaccented', 'accented'] },
  /** `HH:MM` in the time of Vietnam: nothing leaves from one to the other, but what is an emergency; both empty: always. */
  quietFrom: { shape: 'line', initial: '22:00' },
  quietTo: { shape: 'line', initial: '07:00' },
  /** Words by which a phone says that it wants no more, parted by `;`. */
  stopWords: { shape: 'line', initial: 'STOP; HUY; DK DNC; TU CHOI', rare: true },
  /** What it is answered, once; empty: nothing. */
  stopAnswer: { shape: 'line', initial: 'Da ngung gui tin den so nay.', rare: true },
} as const satisfies SettingFields

export type SendingSettings = SettingsOf<typeof SENDING_FIELDS>
