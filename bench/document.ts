/**
 * Official documents in one run: a letter and a report of 50 pages as PDF, against headless Chromium that is kept open and
 * prints the same words; the report as DOCX, against LibreOffice that makes one of the same page. Medians; each letter says
 * something else, so that nothing is remembered.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { getDocumentProxy } from 'unpdf'
import { layOut, type LaidOut, type Line } from '../src/core/document/index.ts'
import { buildPaper } from '../src/core/document/paper.build.ts'
import type { Block, Paper } from '../src/core/document/paper.ts'
import { paperMaker } from '../src/platform/papers/paper-maker.ts'

const PAGES = 50
const LETTER_LIMIT_MS = 20
const DOCX_LIMIT_MS = 1_000
const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync)
const SOFFICE = ['/usr/bin/soffice', '/usr/local/bin/soffice'].find(existsSync)

const letters = Array.from({ length: 40 }, (_, at) =>
  layOut(buildPaper({ number: at + 1, body: [{ kind: 'paragraph', text: sentence(at, 12) }] })),
)
const reports = Array.from({ length: 5 }, (_, at) => layOut(buildPaper(reportOf(at))))

await paperMaker.pdf(letters[0]!, {})
await paperMaker.docx(letters[0]!, {})
const letterMs = await median(letters.slice(1), (paper) => paperMaker.pdf(paper, {}))
const reportMs = await median(reports, (paper) => paperMaker.pdf(paper, {}))
const docxMs = await median(reports, (paper) => paperMaker.docx(paper, {}))
const pages = await pagesOf(await paperMaker.pdf(reports[0]!, {}))
console.log(`letter as PDF: ${letterMs.toFixed(1)} ms (limit ${LETTER_LIMIT_MS})`)
console.log(
  `report of ${pages} pages as PDF: ${reportMs.toFixed(0)} ms; as DOCX: ${docxMs.toFixed(0)} ms (limit ${DOCX_LIMIT_MS})`,
)
if (letterMs > LETTER_LIMIT_MS || docxMs > DOCX_LIMIT_MS || pages < PAGES) process.exitCode = 1

if (CHROMIUM) await againstChromium(CHROMIUM)
else console.log('no Chromium to measure against; get it with: apt-get install chromium')
if (SOFFICE) againstLibreOffice(SOFFICE)
else console.log('no LibreOffice to measure against; get it with: apt-get install libreoffice-writer')
process.exit()

/** The same words printed by a browser that is kept open, a page of it kept too. */
async function againstChromium(executablePath: string): Promise<void> {
  const browser = await chromium.launch({ executablePath, headless: true, args: ['--no-sandbox', '--disable-gpu'] })
  try {
    const page = await browser.newPage()
    const print = async (paper: LaidOut) => {
      await page.setContent(htmlOf(paper))
      return page.pdf({ format: 'A4', margin: { top: '20mm', bottom: '20mm', left: '30mm', right: '15mm' } })
    }
    await print(letters[0]!)
    const letter = await median(letters.slice(1, 12), print)
    const report = await median(reports.slice(0, 3), print)
    const printed = await pagesOf(new Uint8Array(await print(reports[0]!)))
    console.log(`Chromium kept open: letter ${letter.toFixed(0)} ms (${ratio(letter, letterMs)} times as long), `)
    console.log(`  report of ${printed} pages ${report.toFixed(0)} ms (${ratio(report, reportMs)} times as long)`)
    if (report <= reportMs) process.exitCode = 1
  } finally {
    await browser.close()
  }
}

function againstLibreOffice(program: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'loa-bench-'))
  try {
    writeFileSync(join(folder, 'report.html'), htmlOf(reports[0]!))
    const convert = [
      `-env:UserInstallation=file://${join(folder, 'profile')}`,
      '--headless',
      '--infilter=HTML (StarWriter)',
    ]
    convert.push('--convert-to', 'docx:MS Word 2007 XML', '--outdir', folder, join(folder, 'report.html'))
    execFileSync(program, convert, { stdio: 'ignore' })
    const began = performance.now()
    execFileSync(program, convert, { stdio: 'ignore' })
    const took = performance.now() - began
    const bytes = statSync(join(folder, 'report.docx')).size
    console.log(
      `LibreOffice, its start included: report as DOCX ${took.toFixed(0)} ms, ${bytes} bytes (${ratio(took, docxMs)} times as long)`,
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function median<Given>(all: readonly Given[], work: (one: Given) => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (const one of all) {
    const began = performance.now()
    await work(one)
    times.push(performance.now() - began)
  }
  return times.sort((one, other) => one - other)[Math.floor(times.length / 2)] ?? 0
}

function ratio(theirs: number, ours: number): string {
  return (theirs / ours).toFixed(1)
}

async function pagesOf(pdf: Uint8Array): Promise<number> {
  return (await getDocumentProxy(pdf.slice(), { verbosity: 0 })).numPages
}

/** Forty pages of text under headings, and an annex with a long table. */
function reportOf(seed: number): Partial<Paper> {
  const body = Array.from({ length: 60 }, (_, at): Block[] => [
    { kind: 'section', text: `Kết quả ${seed} ${at}` },
    { kind: 'heading', text: 'Theo hình thức' },
    { kind: 'point', text: sentence(seed * 100 + at, 6) },
    { kind: 'point', text: sentence(seed * 200 + at, 6) },
    { kind: 'paragraph', text: sentence(seed * 300 + at, 8) },
  ]).flat()
  const rows = Array.from({ length: 400 }, (_, at) => [String(at + 1), `Xã thứ ${at + seed}`, '08', '1.234'])
  const columns = ['STT', 'Địa bàn', 'Số buổi', 'Lượt người'].map((title, at) => ({
    title,
    share: at === 1 ? 4 : 1,
    align: at > 1 ? ('right' as const) : ('left' as const),
  }))
  const table: Block = { kind: 'table', columns, rows, total: false }
  return {
    type: 'report',
    subject: `Kết quả năm ${2026 + seed}`,
    body,
    annexes: [{ title: 'Theo địa bàn', body: [table] }],
  }
}

function sentence(seed: number, times: number): string {
  const said = (at: number) =>
    `Năm ${seed + at}, các cơ quan, đơn vị, địa phương đã tổ chức ${seed * at + 7} buổi tuyên truyền bằng tiếng Việt, tiếng Mông và tiếng Dao.`
  return Array.from({ length: times }, (_, at) => said(at)).join(' ')
}

/** The same words as a page: in the same typeface and sizes, so that both set the same. */
function htmlOf(paper: LaidOut): string {
  const lines = [...paper.body, ...paper.annexes.flatMap(({ body }) => body)].map(lineOf).join('\n')
  return `<!doctype html><html lang="vi"><meta charset="utf-8"><style>body{font:14pt/1.27 Tinos,"Times New Roman",serif;text-align:justify}
    p{margin:0 0 6pt;text-indent:12.7mm}table{border-collapse:collapse;width:100%}td,th{border:.5pt solid;padding:1mm}</style>
    <body><p><b>${paper.issuer.join(' ')}</b> ${paper.numberLine} ${paper.placeAndDay}</p>${lines}<p>${paper.signature.name}</p></body></html>`
}

function lineOf(line: Line): string {
  if (line.kind === 'picture') return ''
  if (line.kind !== 'table') return `<p>${line.number} ${line.text}</p>`
  const row = (cells: readonly string[], tag: string) =>
    `<tr>${cells.map((cell) => `<${tag}>${cell}</${tag}>`).join('')}</tr>`
  const head = row(
    line.columns.map(({ title }) => title),
    'th',
  )
  return `<table><thead>${head}</thead>${line.rows.map((cells) => row(cells, 'td')).join('')}</table>`
}
