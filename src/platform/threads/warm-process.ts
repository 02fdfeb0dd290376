import { fork, type ChildProcess } from 'node:child_process'
import type { Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import { keepWarm } from './keep-warm.ts'

const LAST_WORDS = 4_000
const LONGEST_REASON = 300

/**
 * Runs a worker file that calls `serveWarm` in a process that is kept warm: native code that exits, aborts or touches memory
 * that is not there ends that process and not ours, which a thread would. It is given no environment, so none of our
 * secrets.
 *
 * @throws when the process ends before it answers: the last line that it wrote, with its exit code or signal
 */
export function warmProcess<Work, Result>(file: URL): (work: Work) => Promise<Result> {
  return keepWarm((reports) => {
    const child = fork(fileURLToPath(file), [], {
      execArgv: [],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      env: {},
    })
    const stderr = child.stderr as Socket // a pipe, as asked for
    let written = ''
    stderr.setEncoding('utf8').on('data', (text: string) => (written = (written + text).slice(-LAST_WORDS)))
    child.on('message', reports.answered)
    child.on('error', reports.ended)
    // Not at its exit: what it wrote last may still be on its way then.
    child.on('close', (code, signal) => reports.ended(new Error(lastLine(written, signal ?? `exit code ${code}`))))
    return {
      post: (message) => child.send(message),
      end: () => void child.kill('SIGKILL'), // Native code that hangs hears nothing milder.
      ref: () => holdOpen(child, stderr, 'ref'),
      unref: () => holdOpen(child, stderr, 'unref'),
    }
  })
}

function holdOpen(child: ChildProcess, stderr: Socket, how: 'ref' | 'unref'): void {
  child[how]()
  child.channel?.[how]()
  stderr[how]()
}

function lastLine(written: string, how: string): string {
  const line = written.trim().split('\n').at(-1)?.trim().slice(0, LONGEST_REASON)
  return line ? `${line} (${how})` : how
}
