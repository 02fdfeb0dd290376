import type { Ctx } from '#core/kernel/index.ts'
import { ACCENTS, type Rendition } from '#core/message/index.ts'
import { askSpeech, newestSpeech, speechMaker, stopSpeech, whyNotSpeak } from '#core/speech/index.ts'
import { sentenceOf } from '#app/wording/words.ts'

/** The paces that a person chooses from; 1 is that of an announcer. */
const SPEEDS = ['0.7', '0.8', '0.9', '1', '1.1', '1.2', '1.4'] as const

/** What the page of a rendition shows of its machine voice: what may be asked for, and how far it is. */
export async function shownSpeech(ctx: Ctx, w: App.Locals['w'], rendition: Rendition) {
  const newest = await newestSpeech(ctx.db, rendition.id)
  const underWay = newest && (newest.state === 'waiting' || newest.state === 'speaking') ? newest : null
  const before = rendition.current.recording?.speech ?? newest
  const voices = speechMaker().voices()
  const spoken = new Set(voices.flatMap(({ accents }) => accents))
  const ask = {
    renditionId: rendition.id,
    basedOn: rendition.current.number,
    voice: '',
    accent: 'north' as const,
    speed: 1,
    chime: true,
  }
  const refusal = (await askSpeech.whyNot(ctx, ask)) ?? (await whyNotSpeak(ctx, rendition))
  const stop = underWay && (await stopSpeech.whyNot(ctx, { speechId: underWay.id }))
  const { refusedCode: code, refusedFacts } = newest ?? { refusedCode: null, refusedFacts: null }
  return {
    underWay: underWay && { id: underWay.id, pieces: underWay.pieces, piecesDone: underWay.piecesDone },
    refused: code === null ? null : sentenceOf(w, { code, facts: refusedFacts ?? {} }),
    heardAlready: rendition.current.recording !== null,
    voices: voices.map(({ key, name }) => ({ value: key, name: w.has(`voice_${key}`) ? w(`voice_${key}`) : name })),
    accents: ACCENTS.filter((accent) => spoken.has(accent)).map((accent) => ({
      value: accent,
      name: w(`accent_${accent}`),
    })),
    speeds: SPEEDS.map((value) => ({ value, name: w('speech_pace', { speed: Number(value) }) })),
    last: { accent: before?.accent ?? 'north', speed: String(before?.speed ?? 1), chime: before?.chime ?? true },
    whyNot: refusal && sentenceOf(w, refusal),
    whyNotStop: stop && sentenceOf(w, stop),
  }
}

export type ShownSpeech = Awaited<ReturnType<typeof shownSpeech>>
