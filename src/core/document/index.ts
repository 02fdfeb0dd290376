/**
 * Document (văn bản): an official document that Loa writes, in the layout of decree 30/2020/NĐ-CP. It is drafted, takes
 * its number from the register of its body, type and year in the action that issues it, and is signed outside of Loa;
 * the signed copy is kept by its hash. One model is drawn as PDF and as DOCX, the same bytes for the same document.
 */
export { dataFields, dataFieldsXml } from './data-fields.ts'
export {
  DOCUMENT_MIMES,
  documentFile,
  documentName,
  documentPicture,
  fileNameOf,
  paperOf,
  type DocumentForm,
} from './document-file.ts'
export {
  bodiesWithDocuments,
  documentById,
  documentsOfOrigin,
  documentsWhere,
  lastNumber,
  latestContent,
  registerOf,
  signedCopiesOf,
} from './document.store.ts'
export {
  DOCUMENT_STATES,
  whyNotDocument,
  whyNotIssue,
  type DocumentState,
  type OfficialDocument,
  type SignedCopy,
} from './document.ts'
export { changeDocument, draftDocument, dropDocument, WRITERS as DOCUMENT_WRITERS } from './draft-document.ts'
export { dayInWords, numberLine, symbolOf, twoDigits } from './head-words.ts'
export { continueRegister, issueDocument } from './issue-document.ts'
export { keepSignedCopy, KeptPaperSchema, recordElsewhere, takePaper, type KeptPaper } from './keep-signed-copy.ts'
export { layOut, linesOf, type LaidOut, type LaidOutAnnex, type Line, type LineKind } from './lay-out.ts'
export { letterheadOf, setLetterhead } from './letterhead.ts'
export { makePapersWith, type PaperMaker, type Pictures } from './paper-maker.ts'
export {
  AUTHORITY_PREFIXES,
  DOCUMENT_TYPE_KEYS,
  DOCUMENT_TYPES,
  PaperContent,
  URGENCIES,
  type Block,
  type DocumentType,
  type Letterhead,
  type Paper,
} from './paper.ts'
export { readOutline, type Outline } from './read-outline.ts'
export { writeOutline } from './write-outline.ts'
export { whyNotContent } from './why-not-content.ts'
