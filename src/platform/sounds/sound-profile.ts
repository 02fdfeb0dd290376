/** How finished sounds are kept, one profile for all stations of an installation. */
export interface SoundProfile {
  /**
   * Integrated loudness of a levelled sound, LUFS. Speech stands 7 above television (EBU R 128: −23), since villages are
   * not quiet.
   *
   * @defaultValue -16
   */
  readonly lufs: number
  /** True peak at most, dBTP: 1.5 below full, since MP3 of few bits overshoots when it is played (EBU R 128 s1 §4). */
  readonly peak: number
  /**
   * MP3 in kbit/s.
   *
   * @defaultValue 64
   */
  readonly kbps: number
  /**
   * Samples in a second. At 64 kbit/s 24,000 keeps all that speech has, and takes half the work of 44,100, which is for
   * old players that know nothing else.
   *
   * @defaultValue 24000
   */
  readonly rate: number
}

export const STANDARD_PROFILE: SoundProfile = { lufs: -16, peak: -1.5, kbps: 64, rate: 24_000 }

let chosen: SoundProfile = STANDARD_PROFILE

/** Says how this installation keeps sounds; the app calls it once. */
export function keepSoundsAs(profile: Partial<SoundProfile>): void {
  chosen = { ...STANDARD_PROFILE, ...profile }
}

export function soundProfile(): SoundProfile {
  return chosen
}
