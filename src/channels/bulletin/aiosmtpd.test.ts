import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openPostOffice, prepareLetter, type PostOffice } from '../../platform/mail/index.ts'
import { writeBulletin } from './bulletin-letter.ts'

const PYTHONS = ['/usr/bin/python3', 'python3']
const python = PYTHONS.find((program) => has(program, 'aiosmtpd'))
const verifies = python !== undefined && has(python, 'dkim')
const remedy = python ? '' : ' (no aiosmtpd here; get it with: apt-get install python3-aiosmtpd python3-dkim)'

interface Told {
  readonly from: string
  readonly to: readonly string[]
  readonly headers: Readonly<Record<string, string>>
  readonly sender: string
  readonly parts: readonly { readonly type: string; readonly encoding: string; readonly text: string }[]
  readonly defects: readonly string[]
  readonly ascii: boolean
  readonly signed: boolean | null
  readonly changed: boolean | null
}

const VOWELS = 'aăâeêioôơuưy'
const TONES = ['', '\u0300', '\u0301', '\u0303', '\u0309', '\u0323']
const LETTERS = [...VOWELS].flatMap((letter) => TONES.map((tone) => (letter + tone).normalize('NFC'))).join('') + 'đ'
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })

describe.skipIf(python === undefined)(`aiosmtpd, which is not ours${remedy}`, () => {
  let peer: ChildProcess
  let office: PostOffice
  const lines: string[] = []

  beforeAll(async () => {
    const der = createPublicKey(publicKey.export({ type: 'spki', format: 'pem' })).export({
      type: 'spki',
      format: 'der',
    })
    const record = `v=DKIM1; k=rsa; p=${der.toString('base64')}`
    peer = spawn(python ?? '', [join(import.meta.dirname, 'aiosmtpd-peer.py'), record], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const read = createInterface({ input: peer.stdout ?? process.stdin })
    const [first] = (await once(read, 'line')) as [string]
    read.on('line', (line) => lines.push(line))
    const { port } = JSON.parse(first) as { port: number }
    office = openPostOffice({ host: '127.0.0.1', port, secure: false, user: null, password: null }, 2)
  })
  afterAll(async () => {
    await office.close()
    peer.kill('SIGTERM')
  })

  const title = `Cảnh giác: “việc nhẹ, lương cao” ${LETTERS}`
  const body = `Chữ ${LETTERS} ${LETTERS.toUpperCase()}\n\n- Không đưa giấy tờ cho người lạ.\n- Hỏi xã trước khi đi.\n\n.chấm đầu dòng & <thẻ>`

  async function send(to: string) {
    const written = writeBulletin(
      {
        language: 'vi',
        fields: { title, body },
        kind: 'correction',
        hotlines: [{ name: 'Tổng đài quốc gia', number: '111' }],
        list: 'Bản tin tỉnh',
        issue: { number: 1_234, address: 'https://loa.example/cong/ban-tin/1234' },
      },
      (key, facts = {}) => `${key} ${Object.values(facts).join(' ')} – chữ có dấu`,
    )
    const from = { name: 'Sở Văn hóa, Thể thao và Du lịch', address: 'ban-tin@loa.example' }
    const letter = prepareLetter({ ...written, from, language: 'vi', headers: [['List-Id', '<l1.loa.example>']] })
    const reader = {
      to,
      messageId: 'd1@loa.example',
      date: new Date('2026-07-01T01:00:00Z'),
      headers: [
        ['List-Unsubscribe', '<https://loa.example/cong/ngung-nhan/abc>'],
        ['List-Unsubscribe-Post', 'List-Unsubscribe=One-Click'],
      ] as const,
      marks: { leave: `https://loa.example/cong/nhan-tin/${'k'.repeat(65)}` },
    }
    const raw = await letter.write(reader, { domain: 'loa.example', selector: 'loa', key: privateKey })
    return { handover: await office.send({ from: 'b-x@tra-lai.loa.example', to, raw }), written }
  }

  test('receives the bulletin whole, and finds no fault in it', async () => {
    const { handover, written } = await send('hoa@example.vn')
    expect(handover).toEqual({ kind: 'accepted' })
    const told = await newest(lines)
    expect(told).toMatchObject({
      from: 'b-x@tra-lai.loa.example',
      to: ['hoa@example.vn'],
      defects: [],
      ascii: true,
    })
    // Python 3.11 shows the fold between two encoded words of a name, which RFC 2047 section 6.2 says to drop.
    expect(told.sender.replace('  ', ' ')).toBe('Sở Văn hóa, Thể thao và Du lịch')
    expect(told.headers).toMatchObject({
      Subject: written.subject,
      'Message-ID': '<d1@loa.example>',
      Date: 'Wed, 01 Jul 2026 01:00:00 +0000',
      'Auto-Submitted': 'auto-generated',
      'Content-Language': 'vi',
      'List-Id': '<l1.loa.example>',
      'List-Unsubscribe': '<https://loa.example/cong/ngung-nhan/abc>',
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    })
    const [text, html] = told.parts
    expect([text?.type, html?.type, text?.encoding]).toEqual(['text/plain', 'text/html', 'quoted-printable'])
    const leave = `https://loa.example/cong/nhan-tin/${'k'.repeat(65)}`
    expect(text?.text.trimEnd()).toBe(written.text.replace('{{leave}}', leave))
    expect(text?.text).toContain(LETTERS.toUpperCase())
    expect(html?.text).toContain(`<p>Chữ ${LETTERS} ${LETTERS.toUpperCase()}</p>`)
    expect(html?.text).toContain('<li>Hỏi xã trước khi đi.</li>')
    expect(html?.text).toContain('.chấm đầu dòng &amp; &lt;thẻ&gt;')
    expect(html?.text).toContain(`href="${leave}"`)
  })

  test.skipIf(!verifies)('finds our signature good, and bad when the subject is changed (python3-dkim)', async () => {
    await send('lan@example.vn')
    const { signed, changed } = await newest(lines)
    expect([signed, changed]).toEqual([true, false])
  })

  test.each([
    ['refused@example.vn', { kind: 'refused', reason: 'mail_no_address', dead: true }],
    ['throttled@example.vn', { kind: 'postponed', reason: 'mail_busy' }],
    ['policy@example.vn', { kind: 'refused', reason: 'mail_policy', dead: false }],
  ])('is understood when it answers for %s', async (to, handover) => {
    expect((await send(to)).handover).toEqual(handover)
    expect((await send('mai@example.vn')).handover).toEqual({ kind: 'accepted' })
  })
})

/** The letter it told of last; it speaks before it answers us. */
async function newest(lines: readonly string[]): Promise<Told> {
  for (let tried = 0; tried < 100 && lines.length === 0; tried += 1)
    await new Promise((resolve) => setTimeout(resolve, 20))
  return JSON.parse(lines.at(-1) ?? '{}') as Told // as aiosmtpd-peer.py writes it
}

function has(program: string, part: string): boolean {
  try {
    execFileSync(program, ['-c', `import ${part}`], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
