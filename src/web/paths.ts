import { PRESS_PATHS } from '#app/press-addresses.ts'

/** Every link inside the office, so that a route that moves breaks a type and not a page. */
export const paths = {
  today: '/',
  visit: '/visit',
  search: '/search',
  signIn: '/sign-in',
  signOut: '/sign-out',
  account: '/account',
  access: '/access',
  people: '/people',
  peopleNew: '/people/new',
  person: (id: string) => `/people/${id}`,
  organisations: '/organisations',
  organisation: (code: string) => `/organisations/${encodeURIComponent(code)}`,
  organisationMend: (code: string) => `/organisations/${encodeURIComponent(code)}/mend`,
  organisationsNew: '/organisations/new',
  organisationsImport: '/organisations/import',
  portal: '/cong',
  portalTheme: (id: string) => `/cong/chu-de/${id}`,
  portalCampaign: (id: string) => `/cong/dot/${id}`,
  portalFeed: (kind: 'rss' | 'atom') => `/cong/${kind}.xml`,
  article: (id: string) => `/cong/${id}`,
  subscribe: '/cong/dang-ky',
  membership: (link: string) => `/cong/nhan-tin/${link}`,
  bulletins: '/cong/ban-tin',
  bulletin: (number: number) => `/cong/ban-tin/${number}`,
  bulletinPrint: (number: number) => `/cong/ban-tin/${number}.pdf`,
  articlePicture: (article: string, media: string) => `/cong/${article}/${media}`,
  articleSound: (article: string) => `/cong/${article}/nghe`,
  carrierRequests: '/carrier-requests',
  carrierRequestNew: (release: string) => `/carrier-requests/new?release=${release}`,
  carrierRequest: (id: string) => `/carrier-requests/${id}`,
  carrierReceipt: (id: string, delivery: string) => `/carrier-requests/${id}/receipts/${delivery}`,
  reports: '/reports',
  reportNew: '/reports/new',
  report: (id: string) => `/reports/${id}`,
  reportTables: (id: string, format: 'xlsx' | 'csv') => `/reports/${id}/tables/${format}`,
  reportPhotos: (id: string) => `/reports/${id}/photos`,
  reportPages: (id: string, revision: number) => `/reports/${id}/pages.svg?${revision}`,
  reportRequests: '/reports/requests',
  reportRequestNew: '/reports/requests/new',
  reportRequest: (id: string) => `/reports/requests/${id}`,
  reportPart: (id: string) => `/reports/parts/${id}`,
  documents: '/documents',
  documentNew: '/documents/new',
  documentRegister: '/documents/register',
  letterhead: '/documents/letterhead',
  document: (id: string) => `/documents/${id}`,
  documentEdit: (id: string) => `/documents/${id}/edit`,
  /** The revision makes the address another one after each change. */
  documentPages: (id: string, revision: number) => `/documents/${id}/pages.svg?${revision}`,
  documentFile: (id: string, form: 'pdf' | 'docx' | 'json' | 'xml') => `/documents/${id}/${form}`,
  signedCopy: (id: string, copy: string) => `/documents/${id}/signed/${copy}`,
  taskSheet: (id: string) => `/tasks/${id}/sheet.pdf`,
  releaseSheets: (id: string) => `/releases/${id}/sheets.pdf`,
  releases: '/releases',
  releasesUnknown: '/releases/unknown',
  releasePrices: '/releases/prices',
  release: (id: string) => `/releases/${id}`,
  releaseFollow: (id: string) => `/releases/${id}/follow`,
  delivery: (release: string, id: string) => `/releases/${release}/${id}`,
  alarms: '/alarms',
  messageRelease: (id: string) => `/messages/${id}/release`,
  outlets: '/outlets',
  outletsImport: '/outlets/import',
  outlet: (id: string) => `/outlets/${id}`,
  press: '/press',
  newsroom: (id: string) => `/press/${id}`,
  pressWire: PRESS_PATHS.wire,
  pressNinjs: PRESS_PATHS.ninjs,
  pressRss: PRESS_PATHS.rss,
  pressAnswer: PRESS_PATHS.answer,
  webhookLog: (outlet: string) => `/outlets/${outlet}/calls`,
  redrive: (release: string, id: string) => `/releases/${release}/${id}/redrive`,
  subscribers: '/subscribers',
  subscriberList: (id: string) => `/subscribers/lists/${id}`,
  subscriberImport: (id: string) => `/subscribers/lists/${id}/import`,
  subscriber: (id: string) => `/subscribers/${id}`,
  subscriberExport: (id: string) => `/subscribers/${id}/export`,
  gateways: '/gateways',
  gatewaysNew: '/gateways/new',
  gateway: (code: string) => `/gateways/${encodeURIComponent(code)}`,
  gatewayReceipts: (code: string) => `/api/v1/gateways/${encodeURIComponent(code)}/receipts`,
  places: '/places',
  placesImport: '/places/import',
  plans: '/plans',
  plansImport: '/plans/import',
  plan: (id: string) => `/plans/${id}`,
  planOriginal: (id: string) => `/plans/${id}/original`,
  planText: (id: string) => `/plans/${id}/text`,
  planChanges: (id: string) => `/plans/${id}/changes`,
  campaign: (id: string) => `/campaigns/${id}`,
  messages: '/messages',
  messagesNew: '/messages/new',
  message: (id: string) => `/messages/${id}`,
  messageReview: (id: string) => `/messages/${id}/review`,
  messageVersions: (id: string) => `/messages/${id}/versions`,
  messageHandovers: (id: string) => `/messages/${id}/handovers`,
  messageConsent: (id: string) => `/messages/${id}/consent`,
  rendition: (id: string, rendition: string) => `/messages/${id}/renditions/${rendition}`,
  recording: (id: string, rendition: string) => `/messages/${id}/renditions/${rendition}/recording`,
  pronunciations: '/pronunciations',
  media: '/media',
  mediaAdd: '/media/add',
  oneMedia: (id: string) => `/media/${id}`,
  mediaFile: (id: string, size: string) => `/media/${id}/${size}`,
  tasks: '/tasks',
  task: (id: string) => `/tasks/${id}`,
  taskOutput: (id: string, output: string) => `/tasks/${id}/outputs/${output}`,
  /** The form that proves a task is done; `proofShort` is the same in few letters, for the square on a printed sheet. */
  proof: (task: string) => `/tasks/${task}/proof`,
  proofShort: (task: string) => `/g/${tokenOfTask(task)}`,
  evidence: '/evidence',
  evidenceSend: '/evidence/send',
  evidenceQueue: '/evidence/queue',
  evidenceImport: '/evidence/import',
  evidenceCompleteness: '/evidence/completeness',
  evidenceLocks: '/evidence/locks',
  evidenceKinds: '/evidence/kinds',
  spotDraws: '/evidence/spot-checks',
  spotDraw: (id: string) => `/evidence/spot-checks/${id}`,
  activity: (id: string) => `/evidence/${id}`,
  activityAmend: (id: string) => `/evidence/${id}/amend`,
  figures: '/figures',
  figureFacts: '/figures/facts',
  figureExport: '/figures/export',
  figureSettings: '/figures/settings',
  coverage: '/figures/coverage',
  snapshots: '/figures/snapshots',
  snapshot: (id: string) => `/figures/snapshots/${id}`,
  publicFigures: '/cong/so-lieu',
  facts: '/facts',
  fact: (id: string) => `/facts/${id}`,
  audit: '/audit',
} as const

/** The same address with some of its questions changed; null takes one away. */
export function withQuery(
  url: { readonly pathname: string; readonly search: string },
  changes: Readonly<Record<string, string | null>>,
): string {
  const query = new URLSearchParams(url.search)
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === '') query.delete(name)
    else query.set(name, value)
  }
  const text = query.toString()
  return text ? `${url.pathname}?${text}` : url.pathname
}

/** An id as 22 letters instead of 36: a printed square of fewer, larger points is read in worse light. */
function tokenOfTask(id: string): string {
  const bytes = id.replaceAll('-', '').match(/../g) ?? []
  const letters = bytes.map((pair) => String.fromCharCode(Number.parseInt(pair, 16))).join('')
  return btoa(letters).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** The id of a token; null when it is none. */
export function taskOfToken(token: string): string | null {
  if (!/^[\w-]{22}$/.test(token)) return null
  const letters = atob(token.replaceAll('-', '+').replaceAll('_', '/'))
  const hex = [...letters].map((letter) => letter.charCodeAt(0).toString(16).padStart(2, '0')).join('')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
