import type { PrintedBulletin } from './bulletin.ts'
import { refuseMissingLetters } from './fonts.ts'
import { compilePdf } from './typst.ts'

export function drawBulletin(bulletin: PrintedBulletin): Uint8Array {
  refuseMissingLetters(bulletin, 'Be Vietnam Pro', 'Tinos')
  return compilePdf('bulletin', bulletin)
}
