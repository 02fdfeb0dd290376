import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'

const READY_WITHIN_MS = 120_000

/** A program that is killed and started again, as often as wanted. */
export class Program {
  readonly name: string
  kills = 0
  readonly #command: () => readonly string[]
  readonly #ready: RegExp
  readonly #env: NodeJS.ProcessEnv
  #child: ChildProcess | null = null
  #said = ''

  /** `command` is asked for at each start; a line that matches `ready` says that it works. */
  constructor(name: string, command: () => readonly string[], ready: RegExp, env: NodeJS.ProcessEnv = {}) {
    this.name = name
    this.#command = command
    this.#ready = ready
    this.#env = env
  }

  get pid(): number | undefined {
    return this.#child?.pid
  }

  /** Starts it and waits until it works. False when it ended before: what it needs may be dead itself this moment. */
  async start(): Promise<boolean> {
    this.#said = ''
    const child = spawn(process.execPath, [...this.#command()], {
      env: { ...process.env, ...this.#env },
      // A channel that breaks with us: what is left alone ends itself.
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    this.#child = child
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => (this.#said = (this.#said + chunk.toString()).slice(-4_000)))
    const until = Date.now() + READY_WITHIN_MS
    while (!this.#ready.test(this.#said) && child.exitCode === null && Date.now() < until) await wait(20)
    return this.#ready.test(this.#said) && child.exitCode === null
  }

  /** The end of what it said. */
  get lastWords(): string {
    return this.#said
  }

  /** Kills it as a power cut would: without a word. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL')
    this.kills += 1
  }

  /** Asks it to finish what it has in hand and to end. */
  stop(): Promise<void> {
    return this.#end('SIGTERM')
  }

  signal(signal: NodeJS.Signals): void {
    this.#child?.kill(signal)
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill(signal)
    await ended
  }
}
