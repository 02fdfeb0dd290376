/**
 * Report (báo cáo): what a body says it did, written by a template from figures and edited by people in words alone: in
 * the text a figure is a token, bound to its question and moment. It becomes an official document. Requests of higher
 * bodies gather what bodies below confirm.
 */
export { askReport, dropReportRequest, markReportSent, whyNotMarkSent } from './ask-report.ts'
export { beginReport, REPORT_WRITERS } from './begin-report.ts'
export { changeReport, whyNotChangeReport } from './change-report.ts'
export { choosePhotos, photosFor, type PhotoOffered } from './choose-photos.ts'
export { confirmReportPart, correctableIndicators, partFigures, type PartShown } from './confirm-part.ts'
export { contentOfReport, draftReportDocument, whyNotDraftDocument } from './draft-report-document.ts'
export { questionOfFigure } from './figure-book.ts'
export { keepReportTemplate } from './keep-template.ts'
export { valueWords } from './number-words.ts'
export { figureWords, thanWords, type FigureKey, type ReportFigure } from './report-figure.ts'
export { remindReportParts, tellContributorsJob } from './report.jobs.ts'
export { readTemplate } from './read-template.ts'
export { figuresOf, reportById, reportOfRequest, reportsBefore, templateByCode, templates } from './report.store.ts'
export { type Report } from './report.ts'
export { correctionsOfRequest, partById, partCounts, partsOf, requestById, requestsBefore } from './request.store.ts'
export { whyNotRequest, type Correction, type ReportPart, type ReportRequest } from './request.ts'
export { REPORT_KINDS } from './template.ts'
export { tellContributorsWith, type PartDue, type TellContributor } from './tell-contributors.ts'
export { changesOf, takeOverFigures, type Changes } from './take-over.ts'
export { tokenOf } from './tokens.ts'
export { waitingFor } from './waiting-for.ts'
export { writeTemplate } from './write-template.ts'
