import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readWording } from '../app/wording/read-wording.ts'
import { sentenceOf } from '../app/wording/words.ts'
import type { Refusal } from '../core/kernel/refusal.ts'
import { readConfig } from '../platform/config/index.ts'
import { freePort } from '../platform/database/index.ts'
import { boardEnrol } from './commands/board-enrol.ts'
import { speakerEnrol } from './commands/speaker-enrol.ts'

const w = readWording('vi')
const folder = mkdtempSync(join(tmpdir(), 'loa-enrol-'))
/** Answers each code with itself as the reason why it is refused; PAGE with what no Loa would say. */
const province = createServer(async (request, response) => {
  let body = ''
  for await (const chunk of request) body += String(chunk)
  const { code } = JSON.parse(body) as { code: string } // from our own device
  asked.push(`${request.method} ${request.url} ${code}`)
  response.writeHead(code === 'PAGE' ? 200 : 403).end(code === 'PAGE' ? '<html>' : JSON.stringify({ refused: code }))
})
const asked: string[] = []
let address: string
beforeAll(async () => {
  province.listen(0, '127.0.0.1')
  await once(province, 'listening')
  address = `http://127.0.0.1:${(province.address() as AddressInfo).port}`
})
afterAll(() => {
  province.close()
  rmSync(folder, { recursive: true })
})

/** What the command says to who gives it this. */
async function saidTo(given: readonly string[], command = speakerEnrol): Promise<string> {
  const around = { config: readConfig({}), w, options: { data: folder }, given, print() {} }
  return command.run(around).then(String, (refusal: Refusal) => sentenceOf(w, refusal))
}

test('the square says both address and code, and nothing of it is asked of any other page', async () => {
  const square = `${address}/speaker/enrol#7K2M-AAAA`
  for (const given of [[square], [` ${square}\n`], [address, '7K2M-AAAA'], [`${address}/`, ' 7K2M-AAAA ']]) {
    expect(await saidTo(given)).toContain('(7K2M-AAAA)')
    expect(await saidTo(given, boardEnrol)).toContain('trang của bảng')
  }
  expect(new Set(asked)).toEqual(new Set(['POST /speaker/enrol 7K2M-AAAA']))
})

test('what does not fit is refused in words before anybody is asked, so that no try is counted', async () => {
  asked.length = 0
  const said = [
    await saidTo(['loa.laocai.gov.vn', 'X']),
    await saidTo(['7K2M-AAAA']),
    await saidTo([address]),
    await saidTo([`${address}/speaker/enrol#`]),
    await saidTo([`${address}/speaker/enrol#X`, 'Y']),
    await saidTo([`${address}/stations#standing`]),
    await saidTo([`http://127.0.0.1:${await freePort()}`, 'X']),
  ]
  expect(said.map((words) => words.slice(0, 34))).toEqual([
    '“loa.laocai.gov.vn” không phải địa',
    '“7K2M-AAAA” không phải địa chỉ của',
    'Còn thiếu mã kích hoạt. Hãy ghi mã',
    'Còn thiếu mã kích hoạt. Hãy ghi mã',
    'Mã kích hoạt đã nằm sau dấu # của ',
    `“${address}/stations#standing” là`.slice(0, 34),
    'Không liên lạc được với http://127',
  ])
  expect(said.at(-1)).toContain('ECONNREFUSED')
  expect(asked).toEqual([])
})

test('what the province answers is said so that a person can act on it', async () => {
  expect(await saidTo([address, 'station.wrong_code'])).toContain('Hãy xin mã mới')
  const other = await saidTo([address, 'station.is_board'])
  expect(other).toContain(`loa board enrol … --data ${folder}`)
  expect(await saidTo([address, 'station.is_speaker'], boardEnrol)).toContain('loa speaker enrol')
  expect(await saidTo([address, 'PAGE']), 'something that is no Loa').toContain('Tỉnh không kích hoạt')
})
