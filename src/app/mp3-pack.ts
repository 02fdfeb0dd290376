import { strToU8, zipSync, type Zippable } from 'fflate'
import { fold, Refusal, timeAt, type Ctx, type Day } from '../core/kernel/index.ts'
import { languageOf } from '../core/message/index.ts'
import { broadcastsByIds, playsOfDay } from '../core/programme/index.ts'
import type { Station } from '../core/station/index.ts'
import type { Words } from './wording/words.ts'

/** A name that any old player reads: no diacritics, no blanks. */
const plain = (words: string) =>
  fold(words)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60)
/** So that a text opens with its diacritics wherever it is opened. */
const MARK = '\uFEFF'

/**
 * What a station plays on a day, as a ZIP for a stick: recordings numbered in the order in which they sound, a list that
 * players open, and what is read out where nothing was recorded. The same day gives the same bytes.
 *
 * @throws Refusal `programme.nothing_in_pack` where nothing stands in the programme of that day
 */
export async function mp3Pack(ctx: Ctx, station: Station, day: Day, w: Words): Promise<Uint8Array> {
  const plays = (await playsOfDay(ctx.db, station.id, day)).filter(
    ({ state }) => state === 'offered' || state === 'chosen',
  )
  const ids = plays.map(({ broadcastId }) => broadcastId)
  const broadcasts = await broadcastsByIds(ctx.db, ids)
  if (plays.length === 0) throw new Refusal('programme.nothing_in_pack')
  const files: Zippable = {}
  const list = ['#EXTM3U']
  const script: string[] = [`${station.name} – ${day}`, '']
  for (const [at, { broadcastId, plannedAt, class: one }] of plays.entries()) {
    const broadcast = broadcasts.get(broadcastId)
    if (!broadcast || broadcast.withdrawnAt !== null) continue
    const number = String(at + 1).padStart(2, '0')
    const language = languageOf(broadcast.language).ownName
    const heading = `${number}. ${timeAt(plannedAt)} – ${broadcast.title} (${language}, ${w(`programme_class_${one}`)})`
    script.push(heading, broadcast.script, '')
    if (broadcast.sha256 === null) continue
    const name = `${number}-${plain(timeAt(plannedAt))}-${plain(broadcast.title)}-${plain(broadcast.language)}.mp3`
    files[name] = [await ctx.files.get(broadcast.sha256), { level: 0 }]
    list.push(`#EXTINF:${Math.round(broadcast.seconds)},${broadcast.title} (${language})`, name)
  }
  files['playlist.m3u'] = strToU8(`${list.join('\r\n')}\r\n`)
  files['00-loi-doc.txt'] = strToU8(MARK + script.join('\r\n'))
  return zipSync(files, { mtime: `${day}T12:00:00` })
}
