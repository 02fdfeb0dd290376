import { json } from '@sveltejs/kit'
import { completeUpload } from '#app/proof-files.ts'
import { sentenceOf } from '#app/wording/words.ts'
import { stateOf, takePiece, uploadById } from '#core/evidence/index.ts'
import { Refusal } from '#core/kernel/index.ts'
import { statusOf } from '#web/forms/refused.ts'
import { givenId } from '#web/lib/given-id.ts'
import type { RequestHandler } from './$types.ts'

/** Where the upload stands: what a device asks before it goes on. */
export const GET: RequestHandler = (event) =>
  answer(event, async () => {
    const id = uploadIn(event)
    const upload = await uploadById(event.locals.ctx.db, id)
    if (!upload || upload.personId !== event.locals.person?.id) throw new Refusal('evidence.upload_not_found')
    return stateOf(upload)
  })

/** Takes the piece that begins at `?at=`. */
export const PUT: RequestHandler = (event) =>
  answer(event, async () => {
    const uploadId = uploadIn(event)
    const bytes = new Uint8Array(await event.request.arrayBuffer())
    return takePiece(event.locals.ctx, { uploadId, startsAt: Number(event.url.searchParams.get('at')), bytes })
  })

/** Takes the whole file into its activity. */
export const POST: RequestHandler = (event) => answer(event, () => completeUpload(event.locals.ctx, uploadIn(event)))

type Event = Parameters<RequestHandler>[0]

function uploadIn({ params }: Event) {
  const id = givenId<'upload'>(params.id)
  if (!id) throw new Refusal('evidence.upload_not_found')
  return id
}

async function answer({ locals: { w } }: Event, work: () => Promise<object>): Promise<Response> {
  try {
    return json(await work())
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown
    return json({ refused: sentenceOf(w, thrown), code: thrown.code }, { status: statusOf(thrown) })
  }
}
