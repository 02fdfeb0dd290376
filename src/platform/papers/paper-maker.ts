import type { PaperMaker } from '../../core/document/index.ts'
import type { SheetMaker } from '../../core/release/index.ts'
import { warmPapers } from './warm-papers.ts'

export const paperMaker: PaperMaker = {
  pdf: (paper) => warmPapers({ form: 'pdf', paper }),
  docx: (paper) => warmPapers({ form: 'docx', paper }),
}

export const sheetPrinter: SheetMaker = { pdf: (sheets) => warmPapers({ form: 'sheets', sheets }) }
