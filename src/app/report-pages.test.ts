import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { layOut, readOutline } from '../core/document/index.ts'
import { buildPaper } from '../core/document/paper.build.ts'
import { drawPdf } from '../platform/papers/draw-pdf.ts'

const PDFTOTEXT = ['/usr/bin/pdftotext', '/usr/local/bin/pdftotext'].find(existsSync)
const why = PDFTOTEXT ? '' : ' (no pdftotext here; get it with: apt-get install poppler-utils)'
const PARAGRAPHS = 330

describe.skipIf(!PDFTOTEXT)(`a report of some fifty pages${why}`, () => {
  test(
    'is read back whole by another program: every paragraph in its order, pages numbered',
    { timeout: 60_000 },
    () => {
      const said = (at: number) =>
        `Xã thứ ${at} đã tổ chức tuyên truyền tại chợ phiên, trường học và nhà văn hóa thôn, bằng tiếng Việt, tiếng Mông và tiếng Dao; `.repeat(
          4,
        )
      const typed = Array.from(
        { length: PARAGRAPHS },
        (_, at) => `${at % 10 === 0 ? `${at}. Kết quả phần ${at}\n` : ''}a) ${said(at)}`,
      )
      const { body } = readOutline(`I. Kết quả\n${typed.join('\n')}`)
      const pdf = drawPdf(layOut(buildPaper({ type: 'report', body: [...body] })))
      const folder = mkdtempSync(join(tmpdir(), 'loa-report-'))
      try {
        writeFileSync(join(folder, 'report.pdf'), pdf)
        const pages = execFileSync(PDFTOTEXT ?? '', ['-layout', join(folder, 'report.pdf'), '-'], { encoding: 'utf8' })
          .split('\f')
          .filter((page) => page.trim() !== '')
        expect(pages.length).toBeGreaterThan(45)
        expect(pages.slice(1).map((page) => page.trim().split('\n')[0]?.trim())).toEqual(
          pages.slice(1).map((_, at) => String(at + 2)),
        )
        const text = pages.join(' ').replace(/\s+/gu, ' ')
        const places = Array.from({ length: PARAGRAPHS }, (_, at) => text.indexOf(`Xã thứ ${at} `))
        expect(places.every((place, at) => place > (places[at - 1] ?? 0))).toBe(true)
      } finally {
        rmSync(folder, { recursive: true, force: true })
      }
    },
  )
})
