import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { expect, test } from 'vitest'
import { SOUNDS } from '../speaker/index.ts'
import { COMMANDS } from './commands.ts'

const unit = readFileSync(join(import.meta.dirname, '../../examples/loa-speaker.service'), 'utf8')
const whyNot = spawnSync('systemd-analyze', ['--version']).error ? ' (no systemd here)' : ''

test('the unit of a device runs a command that there is, on the folder that systemd keeps for it', async () => {
  const [program, main, first, second, ...rest] = /^ExecStart=(.*)$/m.exec(unit)?.[1]?.split(' ') ?? []
  expect([program, main]).toEqual(['/opt/loa/node_modules/.bin/node', 'src/cli/main.ts'])
  const command = await COMMANDS[`${first} ${second}`]!()
  const { values } = parseArgs({ args: rest, options: command.options ?? {} })
  expect(values['data']).toBe(`/var/lib/${/^StateDirectory=(.*)$/m.exec(unit)?.[1]}`)
  expect(SOUNDS).toContain(values['sound'])
})

test.skipIf(whyNot)(`systemd finds nothing wrong with it${whyNot}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'loa-unit-'))
  // This machine has neither that program nor that user.
  const here = unit.replace(/^ExecStart=\S+/m, `ExecStart=${process.execPath}`).replace(/^(User|Group)=.*$/gm, '')
  writeFileSync(join(folder, 'loa-speaker.service'), here)
  const { status, stderr } = spawnSync('systemd-analyze', ['verify', join(folder, 'loa-speaker.service')])
  rmSync(folder, { recursive: true })
  // Of other units of this machine it may have its say as well.
  const said = stderr.toString().split('\n')
  expect([status, said.filter((line) => line.includes('loa-speaker'))]).toEqual([0, []])
})
