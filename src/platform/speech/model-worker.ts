/** Speaks by a model on this machine, in a process that is kept warm: loading a model takes seconds. */
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Refusal } from '../../core/kernel/index.ts'
import type { Wave } from '../sounds/wave.ts'
import { serveWarm } from '../threads/serve-warm.ts'
import { findModelFiles, wordsFor } from './model-files.ts'

/** What we use of sherpa-onnx-node: https://k2-fsa.github.io/sherpa/onnx/javascript-api, “Text-to-speech”. */
interface Sherpa {
  readonly OfflineTts: new (config: object) => {
    generate(wish: { readonly text: string; readonly sid: number; readonly speed: number }): {
      readonly samples: Float32Array
      readonly sampleRate: number
    }
  }
}

interface ModelSaying {
  readonly folder: string
  readonly words: string
  readonly speed: number
}

interface Opened {
  readonly tts: InstanceType<Sherpa['OfflineTts']>
  /** Words as the model can take them. */
  readonly take: (words: string) => string
}

let opened: Promise<Opened> | null = null

serveWarm(async ({ folder, words, speed }: ModelSaying): Promise<Wave> => {
  opened ??= openModel(folder)
  const { tts, take } = await opened.catch((thrown: unknown) => {
    opened = null // Put right by the operator, it is found by the next sentence.
    throw thrown
  })
  const { samples, sampleRate } = tts.generate({ text: take(words), sid: 0, speed })
  return { rate: sampleRate, samples }
})

async function openModel(folder: string): Promise<Opened> {
  const files = await findModelFiles(folder)
  const { OfflineTts } = await sherpaNear(folder)
  const tts = new OfflineTts({
    model: { vits: files, numThreads: 1, provider: 'cpu', debug: false },
    maxNumSentences: 1,
  })
  return { tts, take: await wordsFor(files) }
}

/** As the operator installed it, beside the model or beside Loa. */
async function sherpaNear(folder: string): Promise<Sherpa> {
  for (const from of [join(folder, 'model'), import.meta.filename]) {
    const found = resolveFrom(from)
    if (found === null) continue
    const sherpa = (await import(pathToFileURL(found).href)) as Sherpa & { readonly default?: Sherpa }
    return sherpa.default ?? sherpa
  }
  throw new Refusal('speech.voice_no_program', { program: 'sherpa-onnx-node', folder })
}

function resolveFrom(from: string): string | null {
  try {
    return createRequire(from).resolve('sherpa-onnx-node')
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return null
    throw thrown
  }
}
