import { execFile, spawnSync } from 'node:child_process'
import { promisify } from 'node:util'

/** Why nothing can be measured here; null where it can. */
export const whyNoFfmpeg =
  spawnSync('ffmpeg', ['-version'], { stdio: 'ignore' }).status === 0 ? null : 'needs ffmpeg: apt-get install ffmpeg'

export interface Measured {
  /** Integrated, LUFS (EBU R 128). */
  readonly loudness: number
  /** dBTP. */
  readonly truePeak: number
  readonly seconds: number
  /** Share of the samples that lie at the highest and lowest value there is. */
  readonly clipped: number
}

const RATE = 48_000
const FILTERS = `ebur128=peak=true,aresample=${RATE},astats=measure_perchannel=none`

/** What another program than ours hears in a file that a device plays. */
export async function measured(file: string): Promise<Measured> {
  const wish = ['-hide_banner', '-nostats', '-i', file, '-af', FILTERS, '-f', 'null', '-']
  const { stderr: said } = await promisify(execFile)('ffmpeg', wish)
  const after = (name: RegExp) =>
    Number(new RegExp(`${name.source}:\\s+(-?[\\d.]+)`).exec(said.slice(said.lastIndexOf('Summary')))?.[1])
  const samples = after(/Number of samples/)
  const peak = after(/Peak level dB/)
  return {
    loudness: after(/\sI/),
    truePeak: after(/Peak/),
    seconds: samples / RATE,
    clipped: peak < -0.01 ? 0 : after(/Peak count/) / samples,
  }
}
