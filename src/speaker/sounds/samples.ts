/** Samples of one voice, 16 bits, lowest byte first; null at the end. */
export type FromDecoder = { readonly rate: number; readonly samples: Uint8Array } | null

/** Decoded channels as one voice, as much quieter as `gain` (0 to 1) has it. */
export function asBytes(channels: readonly Float32Array[], count: number, gain: number): Uint8Array {
  const bytes = new DataView(new ArrayBuffer(count * 2))
  for (let at = 0; at < count; at += 1) {
    const mean = channels.reduce((sum, channel) => sum + (channel[at] ?? 0), 0) / channels.length
    bytes.setInt16(at * 2, Math.round(Math.max(-1, Math.min(1, mean * gain)) * 32_767), true)
  }
  return new Uint8Array(bytes.buffer)
}
