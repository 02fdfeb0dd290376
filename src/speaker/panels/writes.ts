import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, constants, openSync, writeSync } from 'node:fs'

/** A way to a panel. */
export interface Wire {
  /** Hands words to it; false where it does not take them now. */
  write(words: string): boolean
  /** Whether what was written last still has somebody who shows it. */
  works(): boolean
}

/** More than this unread, and nobody reads. */
const MOST_UNREAD_BYTES = 64_000

/**
 * Into the input of a program, which is started when it is first needed and again when it has ended. When this process
 * dies its input ends, and the program is to go dark.
 */
export function intoProgram(program: string, trouble: (words: string) => void): Wire {
  let running: ChildProcess | null = null
  const start = () => {
    const child = spawn(program, [], { stdio: ['pipe', 'ignore', 'inherit'] })
    const gone = (why: string) => {
      if (running !== child) return
      running = null
      trouble(`${program}: ${why}`)
    }
    child.once('error', ({ message }) => gone(message))
    child.once('exit', (code, signal) => gone(`ended with ${code ?? signal}`))
    child.stdin.on('error', () => {}) // a program that has ended says so by its end
    child.unref()
    return child
  }
  return {
    write(words) {
      running ??= start()
      const { stdin } = running
      if (!stdin?.writable || stdin.writableLength > MOST_UNREAD_BYTES) return false
      stdin.write(words)
      return true
    },
    works: () => running !== null,
  }
}

/** What is not there is not made: a line that was pulled out must not become a file. */
const AS_IT_IS = constants.O_WRONLY | constants.O_APPEND | constants.O_NOCTTY | constants.O_NONBLOCK

/** Into a device file or a file, opened for each line: one that was pulled out may come back. */
export function intoFile(path: string, trouble: (words: string) => void): Wire {
  let complaint = ''
  return {
    write(words) {
      try {
        const handle = openSync(path, AS_IT_IS)
        try {
          writeSync(handle, words)
        } finally {
          closeSync(handle)
        }
        complaint = ''
        return true
      } catch (error) {
        const { message } = error as Error
        if (message !== complaint) trouble(message)
        complaint = message
        return false
      }
    },
    works: () => complaint === '',
  }
}
