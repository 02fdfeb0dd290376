import QRCode from 'qrcode'
import type { TaskSheets } from '../../core/release/index.ts'
import { refuseMissingLetters } from './fonts.ts'
import { compilePdf } from './typst.ts'

/** Sheets as one PDF, each from a page of its own. @throws Refusal `document.letters_missing` */
export async function drawSheets(sheets: TaskSheets): Promise<Uint8Array> {
  refuseMissingLetters(sheets, 'Be Vietnam Pro', 'Tinos')
  const codes = await Promise.all(sheets.sheets.map(async ({ address }, at) => [`qr-${at}.svg`, await codeOf(address)]))
  return compilePdf('task-sheet', sheets, Object.fromEntries(codes) as Record<string, Uint8Array>) // as just paired
}

/** A code that a phone reads (ISO/IEC 18004), of middling redundancy: paper is folded and rained on. */
async function codeOf(address: string): Promise<Uint8Array> {
  return Buffer.from(await QRCode.toString(address, { type: 'svg', errorCorrectionLevel: 'M', margin: 0 }))
}
