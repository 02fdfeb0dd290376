/** A sound as numbers: one voice, each sample between −1 and 1. */
export interface Wave {
  /** Samples in a second. */
  readonly rate: number
  readonly samples: Float32Array
}

/** All channels as one, by their mean: a loudspeaker on a pole has one. */
export function asOneVoice(rate: number, channels: readonly Float32Array[]): Wave {
  const [first = new Float32Array(), ...rest] = channels
  if (rest.length === 0) return { rate, samples: first }
  const samples = new Float32Array(first.length)
  for (const channel of channels) {
    for (let at = 0; at < samples.length; at += 1)
      samples[at] = (samples[at] ?? 0) + (channel[at] ?? 0) / channels.length
  }
  return { rate, samples }
}

/** What lies between two moments, in seconds; the whole of it where they are left open. */
export function cutWave({ rate, samples }: Wave, from: number | null, to: number | null): Wave {
  const end = to === null ? samples.length : Math.min(samples.length, Math.round(to * rate))
  return { rate, samples: samples.subarray(Math.min(end, Math.round((from ?? 0) * rate)), end) }
}
