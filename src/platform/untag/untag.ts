import { untagMatroska } from './matroska.ts'
import { untagMp3 } from './mp3.ts'
import { untagMp4 } from './mp4.ts'
import { untagOgg } from './ogg.ts'
import { untagWav } from './wav.ts'

const BY_MIME: Readonly<Record<string, (bytes: Uint8Array) => Uint8Array>> = {
  'audio/mpeg': untagMp3,
  'audio/mp4': untagMp4,
  'video/mp4': untagMp4,
  'video/webm': untagMatroska,
  'audio/wav': untagWav,
  'audio/ogg': untagOgg,
}

/**
 * A sound or film without what its file tells beside what is heard and seen: the place a phone writes into it, the name
 * of its owner, its cover. The same bytes always answer the same bytes, so that a file is known again.
 * Other kinds of file come back as they are. A file that is not what its type says comes back with what was understood
 * of it untagged: players will not understand more.
 */
export function untag(bytes: Uint8Array, mime: string): Uint8Array {
  return BY_MIME[mime]?.(bytes) ?? bytes
}
