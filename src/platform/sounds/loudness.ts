import { readFile } from 'node:fs/promises'
import type { Wave } from './wave.ts'

/** What the package exports where a bundler links its two halves; here they are linked by hand. */
interface Meter {
  readonly memory: WebAssembly.Memory
  readonly __wbindgen_malloc: (bytes: number) => number
  readonly ebur128_integrated_mono: (rate: number, at: number, length: number) => number
  readonly ebur128_true_peak_mono: (rate: number, at: number, length: number) => number
}

export interface Loudness {
  /** Integrated loudness in LUFS (ITU-R BS.1770-5, EBU R 128); −Infinity where there is silence. */
  readonly loudness: number
  /** True peak in dBTP; 0 is the most that can be played. */
  readonly peak: number
}

export async function measureLoudness(wave: Wave): Promise<Loudness> {
  return { loudness: await loudnessOf(wave), peak: await truePeakOf(wave) }
}

/** Integrated loudness alone, in LUFS: a third of the work of both. */
export async function loudnessOf({ rate, samples }: Wave): Promise<number> {
  const meter = await openMeter()
  return meter.ebur128_integrated_mono(rate, handed(meter, samples), samples.length)
}

/** True peak in dBTP. */
export async function truePeakOf({ rate, samples }: Wave): Promise<number> {
  const meter = await openMeter()
  return meter.ebur128_true_peak_mono(rate, handed(meter, samples), samples.length)
}

function handed(meter: Meter, samples: Float32Array): number {
  const at = meter.__wbindgen_malloc(samples.byteLength)
  new Float32Array(meter.memory.buffer, at, samples.length).set(samples)
  return at
}

let compiled: Promise<WebAssembly.Module> | null = null

/** A new one each time: what was handed to one is never given back. */
async function openMeter(): Promise<Meter> {
  compiled ??= readFile(new URL(import.meta.resolve('ebur128-wasm/ebur128_wasm_bg.wasm'))).then((wasm) =>
    WebAssembly.compile(wasm),
  )
  const module = await compiled
  const refuse = () => {
    throw new Error('The loudness meter could not read the sound')
  }
  const asked = WebAssembly.Module.imports(module)
  const imports: Record<string, Record<string, () => never>> = {}
  for (const { module: from, name } of asked) imports[from] = { ...imports[from], [name]: refuse }
  const { exports } = await WebAssembly.instantiate(module, imports)
  return exports as unknown as Meter // as ebur128_wasm.d.ts of the package has them
}
