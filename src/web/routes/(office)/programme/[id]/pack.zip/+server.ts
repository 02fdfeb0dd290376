import { mp3Pack } from '#app/mp3-pack.ts'
import { sendFile } from '#web/forms/send-file.ts'
import { dayAsked, stationAt } from '../../one-station.ts'
import type { RequestHandler } from './$types.ts'

/** What the station plays on a day, for a stick. */
export const GET: RequestHandler = async ({ locals: { ctx, w }, params, url }) => {
  const station = await stationAt(ctx, params.id)
  const day = dayAsked(ctx, url)
  const bytes = await mp3Pack(ctx, station, day, w)
  return sendFile({ bytes, name: `${station.code} ${day}.zip`, mime: 'application/zip' })
}
