import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Ctx, Id } from '../../core/kernel/index.ts'
import { openSecretBox } from '../../platform/secrets/secret-box.ts'
import { readReturnAddress, returnAddress } from './return-path.ts'

let folder: string
let ctx: Ctx
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'loa-return-'))
  ctx = { secrets: openSecretBox(join(folder, 'secret.key')) } as Ctx // all that return addresses ask of it
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('each row has an address of its own, which fits and is read again, whatever a server does to its case', async () => {
  for (let at = 0; at < 200; at += 1) {
    const id = randomUUID() as Id<'delivery'>
    const address = await returnAddress(ctx, id, 'loa.example')
    expect(address).toMatch(/^b-[a-z2-7]{26}-[a-z2-7]{16}@loa\.example$/)
    expect(await readReturnAddress(ctx, address)).toBe(id)
    expect(await readReturnAddress(ctx, address.toUpperCase())).toBe(id)
  }
})

test('nobody can make one: not with another key, another row or a letter changed', async () => {
  const id = randomUUID() as Id<'delivery'>
  const address = await returnAddress(ctx, id, 'loa.example')
  const other = await returnAddress(ctx, randomUUID() as Id<'delivery'>, 'loa.example')
  const forged = `${other.slice(0, 28)}${address.slice(28)}`
  const elsewhere = { secrets: openSecretBox(join(folder, 'other.key')) } as Ctx // likewise
  for (let at = 0; at < address.indexOf('@'); at += 1) {
    const changed = address.slice(0, at) + (address[at] === 'a' ? 'b' : 'a') + address.slice(at + 1)
    const read = await readReturnAddress(ctx, changed)
    // The last letter of the id holds two bits that say nothing.
    expect(read === null || at === 27).toBe(true)
  }
  expect(await readReturnAddress(ctx, forged)).toBeNull()
  expect(await readReturnAddress(elsewhere, address)).toBeNull()
  expect(await readReturnAddress(ctx, 'hoa@example.vn')).toBeNull()
  expect(await readReturnAddress(ctx, '')).toBeNull()
})
