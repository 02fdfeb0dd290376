/** Speaks in a thread that is kept warm: loading the voices takes longer than a sentence. */
import { serveWarm } from '../threads/serve-warm.ts'
import { openEspeak } from './espeak.ts'
import type { Saying } from './voice.ts'

const espeak = openEspeak()

serveWarm(async ({ words, ...saying }: Saying & { readonly words: string }) => {
  const { rate, samples } = (await espeak).say(words, saying)
  return { rate, samples }
})
