import { changeDocument, whyNotDocument } from '#core/document/index.ts'
import { sentenceOf } from '#app/wording/words.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { paths } from '#web/paths.ts'
import { contentOfForm, typedOf, URGENCY_KEYS } from '../../document-form.ts'
import { documentOf } from '../../one-document.ts'
import { outlineLines } from '../../outline-lines.ts'
import { previewTyped } from '../../preview-typed.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx, w }, params }) => {
  const document = await documentOf(ctx, params.id)
  const { id, content, revision, type } = document
  const refusal =
    (await changeDocument.whyNot(ctx, { documentId: id, basedOn: null, content })) ?? whyNotDocument(document, 'change')
  return {
    document: { id, type, revision, subject: content.subject, ofReport: document.originKind === 'report' },
    typed: typedOf(content),
    urgencies: URGENCY_KEYS,
    preview: { picture: paths.documentPages(id, revision), outline: outlineLines(w, content) },
    whyNot: refusal && sentenceOf(w, refusal),
  }
}

export const actions: Actions = {
  preview: (event) => previewTyped(event, () => documentOf(event.locals.ctx, event.params.id)),
  save: act(changeDocument, {
    input: (data, { params }) => ({
      documentId: params.id ?? '',
      basedOn: Number(fieldOf(data, 'basedOn')),
      content: contentOfForm(data),
    }),
    then: (_result, { params }) => `${paths.document(params.id ?? '')}?done=document_saved`,
  }),
}
