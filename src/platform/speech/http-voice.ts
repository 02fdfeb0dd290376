import { Refusal } from '../../core/kernel/index.ts'
import { ACCENTS, type Accent } from '../../core/message/index.ts'
import { GuardedFault, guardedRequest, type NetworkPolicy } from '../http/index.ts'
import type { Voice } from './voice.ts'

/** Of a sentence: a minute of WAV at 48 kHz in 16 bits is below 6 MB. */
const MOST_BYTES = 12_000_000
const LONGEST_MS = 60_000

export interface HttpVoiceSettings {
  readonly url: string
  /** As it is sent, `Authorization: Bearer …`; null for none. */
  readonly header: string | null
  readonly accents?: readonly Accent[]
}

/**
 * A voice behind an address: each sentence is posted as JSON (`text`, `language`, `accent`, `speed`), and WAV or MP3 comes
 * back. `README.md` says it for who runs such a service.
 */
export function httpVoice({ url, header, accents = ACCENTS }: HttpVoiceSettings, policy: NetworkPolicy): Voice {
  const host = URL.parse(url)?.host ?? url
  const own = header === null ? {} : headerOf(header)
  return {
    key: 'http',
    name: host,
    accents,
    atOnce: 1,
    async say(words, { accent, speed }, signal) {
      const answer = await guardedRequest(
        {
          url,
          method: 'POST',
          headers: { 'content-type': 'application/json; charset=utf-8', accept: 'audio/wav, audio/mpeg', ...own },
          body: JSON.stringify({ text: words, language: 'vi', accent, speed }),
          timeoutMs: LONGEST_MS,
          mostBytes: MOST_BYTES,
          signal,
        },
        { policy },
      ).catch((thrown: unknown) => {
        signal.throwIfAborted()
        if (thrown instanceof GuardedFault) throw new Refusal('speech.voice_unreachable', { host, kind: thrown.kind })
        throw thrown
      })
      if (answer.status !== 200) throw new Refusal('speech.voice_status', { host, status: answer.status })
      if (!answer.whole || answer.body.length === 0) throw new Refusal('speech.voice_broken', { host })
      return { file: answer.body }
    },
  }
}

function headerOf(written: string): Record<string, string> {
  const at = written.indexOf(':')
  return { [written.slice(0, at).trim().toLowerCase()]: written.slice(at + 1).trim() }
}
