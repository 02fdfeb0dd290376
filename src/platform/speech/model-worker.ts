/** Speaks by a model on this machine, in a thread that is kept warm: loading a model takes seconds. */
import { createRequire } from 'node:module'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Refusal } from '../../core/kernel/index.ts'
import { serveWarm } from '../threads/serve-warm.ts'

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

let opened: Promise<InstanceType<Sherpa['OfflineTts']>> | null = null

serveWarm(async ({ folder, words, speed }: ModelSaying) => {
  opened ??= openModel(folder)
  const model = await opened.catch((thrown: unknown) => {
    opened = null // Put right by the operator, it is found by the next sentence.
    throw thrown
  })
  const { samples, sampleRate } = model.generate({ text: words, sid: 0, speed })
  return { rate: sampleRate, samples: Float32Array.from(samples) }
})

async function openModel(folder: string): Promise<InstanceType<Sherpa['OfflineTts']>> {
  const files: readonly string[] = await readdir(folder).catch(() => [])
  const model = files.find((name) => name.endsWith('.onnx'))
  if (!model || !files.includes('tokens.txt')) throw new Refusal('speech.voice_no_model', { folder })
  const { OfflineTts } = await sherpaNear(folder)
  const within = (name: string) => join(folder, name)
  const vits = {
    model: within(model),
    tokens: within('tokens.txt'),
    dataDir: files.includes('espeak-ng-data') ? within('espeak-ng-data') : '',
    lexicon: files.includes('lexicon.txt') ? within('lexicon.txt') : '',
  }
  return new OfflineTts({ model: { vits, numThreads: 1, provider: 'cpu', debug: false }, maxNumSentences: 1 })
}

/** As the operator installed it, beside the model or beside Loa. */
async function sherpaNear(folder: string): Promise<Sherpa> {
  for (const from of [join(folder, 'model'), import.meta.filename]) {
    try {
      const found = createRequire(from).resolve('sherpa-onnx-node')
      const sherpa = (await import(pathToFileURL(found).href)) as Sherpa & { readonly default?: Sherpa }
      return sherpa.default ?? sherpa
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw thrown
    }
  }
  throw new Refusal('speech.voice_no_program', { program: 'sherpa-onnx-node', folder })
}
