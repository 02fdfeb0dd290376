import { createHash } from 'node:crypto'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { FieldNames, type BridgePackage } from '../../core/bridge/index.ts'
import { bridgeFile } from './package-file.ts'
import { readFolderOrFile, writeFolder } from './package-folder.ts'

const SOUND = new Uint8Array([0x49, 0x44, 0x33, 4, 0, 0, 0, 0, 0, 0])
const SHA256 = createHash('sha256').update(SOUND).digest('hex')
const KNOWN = new FieldNames([])
const NOBODY = { name: '', userName: '', mail: '', penName: '' }
const bulletin = {
  ...{ id: '1', title: 'Cảnh giác <việc nhẹ>', field: '', kind: '', urgency: '2', source: 'LC', words: 'Gọi 111.' },
  ...{ summary: '', seconds: 30, from: '', createdBy: '', createdAt: '', reach: ['DTT-1'], author: NOBODY },
  sound: { sha256: SHA256, bytes: SOUND.length, language: 'vi' },
}
const plays = [{ id: 'p', order: 1, bulletinId: '1', seconds: 30 }]
const slots = [{ id: 's', name: 'Sáng', begins: '05:30', ends: '06:00', plays }]
const given: BridgePackage = {
  ...{ source: 'LC', madeAt: new Date('2026-11-24T02:00:00Z'), bulletins: [bulletin] },
  days: [{ id: 'd', station: 'Đài xã', day: '2026-11-24', copies: [], slots }],
  ...{ devices: [], figures: [], reports: [], beats: [], showings: [] },
}

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'loa-bridge-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('a package laid into a folder is read from there as it was, with its recording', async () => {
  const file = bridgeFile.pack(given, new Map([[SHA256, SOUND]]), KNOWN)
  expect(await writeFolder(folder, file)).toBe(3)
  const names = await readdir(folder, { recursive: true })
  expect(names.toSorted()).toEqual(['am-thanh', `am-thanh/${SHA256}.mp3`, 'goi.json', 'lich-phat.html'])
  const read = bridgeFile.unpack(await readFolderOrFile(folder), KNOWN)
  expect([read.content, [...read.sounds.keys()]]).toEqual([given, [SHA256]])
})

test('the schedule in it can be printed, and no title of it is markup', async () => {
  const page = Buffer.from(await readFolderOrFile(join(folder, 'lich-phat.html'))).toString('utf8')
  expect(page).toContain('Cảnh giác &lt;việc nhẹ&gt;')
  expect(page).toContain('05:30–06:00 Sáng')
  expect(page).not.toMatch(/<script|https?:/)
})

test('a file is read as it is; what is not there is refused', async () => {
  await writeFile(join(folder, 'khac.json'), '{"BanTin":[{"BanTinId":"9","TieuDe":"Chín"}]}')
  const alone = bridgeFile.unpack(await readFolderOrFile(join(folder, 'khac.json')), KNOWN)
  expect(alone.content.bulletins.map(({ id }) => id)).toEqual(['9'])
  await expect(readFolderOrFile(join(folder, 'nowhere'))).rejects.toMatchObject({ code: 'bridge.no_package' })
})
