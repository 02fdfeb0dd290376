import { speakerDoors } from '#app/speaker-doors.ts'
import { enrolment } from '#app/speaker-enrolment.ts'
import { InputRefusal, Refusal } from '#core/kernel/index.ts'
import type { RequestHandler } from './$types.ts'

const MOST_BYTES = 4_096
const STATUS: Readonly<Record<string, number>> = {
  'station.enrol_throttled': 429,
  'station.wrong_code': 403,
  'station.no_door': 503,
}

/** A device makes itself known: `{code, publicKey}` in, who it is, its broker and whom to believe out; once. */
export const POST: RequestHandler = async ({ locals: { ctx }, request, getClientAddress }) => {
  const given = await readJson(request)
  if (given === null) return refused('malformed', 400)
  try {
    const enrolled = await enrolment(ctx, given, getClientAddress(), speakerDoors())
    return Response.json(enrolled, { status: 201, headers: { 'cache-control': 'no-store' } })
  } catch (thrown) {
    if (thrown instanceof InputRefusal) return refused('malformed', 400)
    if (thrown instanceof Refusal) return refused(thrown.code, STATUS[thrown.code] ?? 409)
    throw thrown
  }
}

/** Who scans the square of a page with a phone is told for whom it is; the code behind `#` does not come here. */
export const GET: RequestHandler = ({ locals: { w } }) =>
  new Response(`${w('station_enrolment_scanned')}\n`, {
    status: 405,
    headers: { allow: 'POST', 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
  })

async function readJson(request: Request): Promise<{ code: string; publicKey: string } | null> {
  const body = await request.text()
  if (body.length > MOST_BYTES) return null
  try {
    const { code, publicKey } = JSON.parse(body) as Record<string, unknown>
    return { code: String(code), publicKey: String(publicKey) }
  } catch {
    return null
  }
}

function refused(code: string, status: number): Response {
  return Response.json({ refused: code }, { status, headers: { 'cache-control': 'no-store' } })
}
