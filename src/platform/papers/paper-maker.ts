import type { PaperMaker } from '../../core/document/index.ts'
import type { SheetMaker } from '../../core/release/index.ts'
import { warmPapers } from './warm-papers.ts'

export const paperMaker: PaperMaker = {
  pdf: (paper, pictures) => warmPapers({ form: 'pdf', paper, pictures }),
  docx: (paper, pictures) => warmPapers({ form: 'docx', paper, pictures }),
  svg: (paper, pictures) => warmPapers({ form: 'svg', paper, pictures }),
}

export const sheetPrinter: SheetMaker = { pdf: (sheets) => warmPapers({ form: 'sheets', sheets }) }
