import {
  documentName,
  dropDocument,
  issueDocument,
  keepSignedCopy,
  lastNumber,
  letterheadOf,
  recordElsewhere,
  signedCopiesOf,
  symbolOf,
  twoDigits,
  whyNotDocument,
  whyNotIssue,
  type OfficialDocument,
} from '#core/document/index.ts'
import { dayAt, type Ctx, type Refusal } from '#core/kernel/index.ts'
import { organisationsWhere } from '#core/organisation/index.ts'
import { sentenceOf } from '#app/wording/words.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { paperIn } from '#web/forms/paper-in.ts'
import { paths } from '#web/paths.ts'
import { documentOf } from '../one-document.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx, w }, params }) => {
  const document = await documentOf(ctx, params.id)
  const { id, content, type, state, revision, issuedOn, originKind, originId } = document
  const [body] = await organisationsWhere(ctx.db, [document.organisationId])
  const which = { documentId: id, basedOn: null }
  const mayWrite = await dropDocument.whyNot(ctx, which)
  const say = (refusal: Refusal | null) => refusal && sentenceOf(w, refusal)
  const { subject, dueOn, urgency, signature } = content
  const { position, name, authority } = signature
  return {
    document: { id, type, state, revision, issuedOn, subject, urgency, dueOn },
    name: documentName(document),
    body: body?.name ?? '',
    signer: [...authority.map(({ prefix, of }) => `${prefix} ${of}`), position, name].filter(Boolean).join(' · '),
    origin: originOf(originKind, originId),
    copies: await signedCopiesOf(ctx.db, id),
    today: dayAt(ctx.clock.now()),
    next: state === 'draft' ? await nextSymbol(ctx, document) : null,
    whyNot: {
      change: say(mayWrite ?? whyNotDocument(document, 'change')),
      issue: say((await issueDocument.whyNot(ctx, which)) ?? whyNotIssue(document)),
      keepSigned: say(mayWrite ?? whyNotDocument(document, 'keepSigned')),
      recordElsewhere: say(mayWrite ?? whyNotDocument(document, 'recordElsewhere')),
      drop: say(mayWrite ?? whyNotDocument(document, 'drop')),
    },
  }
}

/** `13/BC-SVHTTDL`: what it would get if it were issued now; somebody else may be faster. */
async function nextSymbol(ctx: Ctx, { organisationId, type, content }: OfficialDocument): Promise<string> {
  const year = Number(dayAt(ctx.clock.now()).slice(0, 4))
  const last = await lastNumber(ctx.db, { organisationId, type, year })
  const { abbreviation } = await letterheadOf(ctx, organisationId)
  return `${twoDigits(last + 1)}/${symbolOf(type, abbreviation, content.unit)}`
}

function originOf(kind: string | null, id: string | null): { readonly kind: string; readonly href: string } | null {
  if (id === null) return null
  if (kind === 'carrier_request') return { kind, href: paths.carrierRequest(id) }
  return kind === 'report' ? { kind, href: paths.report(id) } : null
}

type Here = { readonly params: Partial<Record<string, string>> }
const which = (data: FormData, { params }: Here) => ({
  documentId: params.id ?? '',
  basedOn: Number(fieldOf(data, 'basedOn')) || null,
})
const here =
  (done: string) =>
  (_result: unknown, { params }: Here) =>
    `${paths.document(params.id ?? '')}?done=${done}`
const mayKeep =
  ({ params }: Here) =>
  async (ctx: Ctx) =>
    dropDocument.whyNot(ctx, { documentId: (await documentOf(ctx, params.id)).id, basedOn: null })

export const actions: Actions = {
  issue: act(issueDocument, { input: which, then: here('document_issued') }),
  drop: act(dropDocument, { input: which, then: here('document_dropped') }),
  signed: act(keepSignedCopy, {
    input: async (data, event) => ({
      ...which(data, event),
      basedOn: null,
      file: await paperIn(event.locals.ctx, data, mayKeep(event)),
    }),
    then: here('document_signed'),
  }),
  elsewhere: act(recordElsewhere, {
    input: async (data, event) => ({
      ...which(data, event),
      number: fieldOf(data, 'number'),
      issuedOn: fieldOf(data, 'issuedOn'),
      signer: fieldOf(data, 'signer'),
      file: await paperIn(event.locals.ctx, data, mayKeep(event)),
    }),
    then: here('document_recorded'),
  }),
}
