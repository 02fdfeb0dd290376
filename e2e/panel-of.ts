import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runDeviceProgram, type DeviceProgram } from './device-program.ts'

export interface PanelDevice extends Pick<DeviceProgram, 'ended' | 'stop'> {
  /** Every line that the panel was given, the newest last. */
  lines(): string[]
}

/** Enrols a device of a board by its code, as `loa board` does on a machine of its own, and lets it write to a panel. */
export async function runPanel(address: string, code: string): Promise<PanelDevice> {
  const lampsIn = (folder: string) => join(folder, 'lamps')
  const { folder, ended, stop } = await runDeviceProgram('board', [address, code], (own) => {
    writeFileSync(lampsIn(own), '')
    return ['--line-to', lampsIn(own)]
  })
  return { ended, stop, lines: () => readFileSync(lampsIn(folder), 'utf8').split('\n').slice(0, -1) }
}
