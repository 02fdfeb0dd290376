import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { enrol } from '../../../speaker/index.ts'
import type { Asked } from '../../../speaker/timed-speaker.build.ts'
import { openWire, type Wire } from '../../../testing/index.ts'

const SOURCE = join(import.meta.dirname, '../../..')

/** A device in a process of its own, at the end of wires of its own, whose time goes on as a test says. */
export class TimedAgent {
  readonly folder: string
  readonly #wires: readonly Wire[]
  #child: ChildProcess | null = null

  private constructor(folder: string, wires: readonly Wire[]) {
    this.folder = folder
    this.#wires = wires
  }

  /** Enrols it, and lets all its ways to the province lead over wires that can be cut. */
  static async enrol(address: string, code: string, folder: string): Promise<TimedAgent> {
    const enrolment = await enrol({ address, code, folder, agent: 'timed' })
    const [mqtt, audio] = [new URL(enrolment.mqtt.url), new URL(enrolment.audio)]
    const wires = await Promise.all([mqtt, audio].map(({ port }) => openWire(Number(port))))
    ;[mqtt, audio].forEach((url, at) => (url.port = String(wires[at]?.port)))
    const led = { ...enrolment, mqtt: { ...enrolment.mqtt, url: mqtt.href }, audio: audio.href }
    writeFileSync(join(folder, 'enrolment.json'), JSON.stringify(led))
    return new TimedAgent(folder, wires)
  }

  /** Switches it on at a moment; its wall clock shows so much more than that. */
  async powerOn(at: Date, wallOffMs = 0): Promise<void> {
    const entry = join(SOURCE, 'speaker/timed-speaker.build.ts')
    const given = ['--data', this.folder, '--sound', `file:${this.heard}`, '--at', String(at.getTime())]
    const child = fork(entry, [...given, `--off=${wallOffMs}`], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
    this.#child = child
    await once(child, 'message')
  }

  /** The power goes without a word. */
  async powerOff(): Promise<void> {
    const child = this.#child
    this.#child = null
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  }

  /** Where what it plays is put. */
  get heard(): string {
    return join(this.folder, 'heard')
  }

  until(moment: Date): Promise<void> {
    return this.#ask({ until: moment.getTime() })
  }

  setWallClock(wallOffMs: number): Promise<void> {
    return this.#ask({ wallOffMs })
  }

  cut(): void {
    for (const wire of this.#wires) wire.cut()
  }

  mend(): void {
    for (const wire of this.#wires) wire.mend()
  }

  async close(): Promise<void> {
    await this.powerOff()
    for (const wire of this.#wires) wire.close()
  }

  async #ask(asked: Asked): Promise<void> {
    const child = this.#child
    if (!child) throw new Error('it is off')
    const answered = once(child, 'message')
    child.send(asked)
    await answered
  }
}
