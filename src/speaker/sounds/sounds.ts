import { appendFileSync, copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Sound, SoundWish, Speech, SpeechWish } from '../agent/ports.ts'
import type { SpeakerClock } from '../clock.ts'
import { byAplay } from './by-aplay.ts'
import { byProgram } from './by-program.ts'

/** Where sound goes: `none`, a program of this machine, or `file:<folder>`. */
export const SOUNDS = ['none', 'aplay', 'mpg123', 'ffplay', 'file:<folder>'] as const

/** The way out of that name; null where there is none of that name. */
export function soundNamed(name: string, clock: SpeakerClock, pathOf: (sha256: string) => string): Sound | null {
  if (name === 'none') return silent(clock)
  if (name.startsWith('file:')) return intoFolder(name.slice('file:'.length), clock, pathOf)
  if (name === 'aplay') return byAplay(pathOf)
  if (name === 'mpg123' || name === 'ffplay') return byProgram(name, pathOf)
  return null
}

/** Nothing is heard; it takes as long as if it were. */
export function silent(clock: SpeakerClock): Sound {
  return {
    begin({ seconds }, ended) {
      return { stop: clock.after(seconds * 1_000, () => ended(null)) }
    },
    speak: (_wish, ended) => inTime(clock, () => ended(null)),
  }
}

/** A speech that takes as long as if it were heard; `ended` when what was given of it would have sounded. */
function inTime(clock: SpeakerClock, ended: () => void): Speech {
  let untilMs = 0
  let cancel = () => {}
  const now = () => clock.read().monoMs
  return {
    push(_audio, seconds) {
      untilMs = Math.max(untilMs, now()) + seconds * 1_000
    },
    finish() {
      cancel = clock.after(Math.max(0, untilMs - now()), ended)
    },
    stop: () => cancel(),
  }
}

/**
 * Puts what would be heard into a folder, one MP3 after another, and when it began, how loud and how it went into
 * `timeline.jsonl`, so that a test can listen with instruments of its own.
 */
function intoFolder(folder: string, clock: SpeakerClock, pathOf: (sha256: string) => string): Sound {
  mkdirSync(folder, { recursive: true })
  const say = (event: string, wish: SoundWish | SpeechWish) => {
    const line = { event, atMs: clock.read().wallMs, monoMs: clock.read().monoMs, ...wish }
    appendFileSync(join(folder, 'timeline.jsonl'), `${JSON.stringify(line)}\n`)
  }
  return {
    begin(wish, ended) {
      const { playId, sha256, seconds } = wish
      if (sha256 !== null) copyFileSync(pathOf(sha256), join(folder, `${playId}.mp3`))
      say('began', wish)
      const cancel = clock.after(seconds * 1_000, () => {
        say('ended', wish)
        ended(null)
      })
      return {
        stop() {
          cancel()
          say('cut', wish)
        },
      }
    },
    speak(wish, ended) {
      say('began', wish)
      const timed = inTime(clock, () => {
        say('ended', wish)
        ended(null)
      })
      return {
        ...timed,
        push(audio, seconds) {
          appendFileSync(join(folder, `${wish.playId}.mp3`), audio)
          timed.push(audio, seconds)
        },
        stop() {
          timed.stop()
          say('cut', wish)
        },
      }
    },
  }
}
