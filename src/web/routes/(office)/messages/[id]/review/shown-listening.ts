import type { ToHear } from '#core/review/index.ts'
import { sentenceOf } from '#app/wording/words.ts'
import type { ShownRendition } from '../shown-rendition.ts'

/** A recording that is to be heard before it is approved, as the page of the review shows it. */
export function shownListening(
  w: App.Locals['w'],
  { rendition, recording, heard, whyNotSay }: ToHear,
  { channelName, languageName, recording: shown }: Pick<ShownRendition, 'channelName' | 'languageName' | 'recording'>,
  /** Makes the address another one for each person: what a browser has kept of another's visit was not fetched by them. */
  listener: string,
) {
  return {
    renditionId: rendition.id,
    number: rendition.current.number,
    sha256: recording.sha256,
    channelName,
    languageName,
    measured: shown?.measured ?? '',
    findings: shown?.findings ?? [],
    listener,
    heard,
    whyNotSay: whyNotSay && sentenceOf(w, whyNotSay),
  }
}

export type ShownListening = ReturnType<typeof shownListening>
