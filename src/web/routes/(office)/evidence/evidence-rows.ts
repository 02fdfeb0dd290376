import { openFindings, proofsOfAll, type Activity, type Catalogue } from '#core/evidence/index.ts'
import type { Db, Id, Language } from '#core/kernel/index.ts'
import { mediaById } from '#core/media/index.ts'
import { organisationsWhere } from '#core/organisation/index.ts'
import { placeById } from '#core/place/index.ts'
import { countWords } from './count-words.ts'

/** An activity as a list shows it. */
export interface ActivityRow {
  readonly id: string
  readonly title: string
  readonly spot: string
  readonly organisation: string
  readonly place: string
  readonly day: string
  readonly numbers: string
  readonly state: Activity['state']
  readonly acceptance: number
  readonly grade: Activity['grade']
  readonly findings: number
  /** A photograph that can be shown by now. */
  readonly photo: string | null
  readonly revision: number
}

/** Activities with the names of what they speak of, by one question for all of each. */
export async function rowsOf(
  db: Db,
  language: Language,
  catalogue: Catalogue,
  activities: readonly Activity[],
): Promise<ActivityRow[]> {
  const ids = activities.map(({ id }) => id)
  const bodies = [...new Set(activities.map(({ organisationId }) => organisationId))]
  const names = new Map((await organisationsWhere(db, bodies)).map((body) => [body.id, body.name]))
  const places = new Map<string, string>()
  for (const id of new Set(activities.map(({ placeId }) => placeId))) {
    places.set(id, (await placeById(db, id))?.name ?? '')
  }
  const open = await openFindings(db, ids)
  const photos = await photosOf(db, ids)
  return activities.map((one) => ({
    id: one.id,
    title: catalogue.kinds.find(({ code }) => code === one.kind)?.name ?? one.kind,
    spot: one.spot || one.topic,
    organisation: names.get(one.organisationId) ?? '',
    place: places.get(one.placeId) ?? '',
    day: one.day,
    numbers: countWords(one.counts, catalogue, language),
    state: one.state,
    acceptance: one.acceptance,
    grade: one.grade,
    findings: open.get(one.id) ?? 0,
    photo: photos.get(one.id) ?? null,
    revision: one.revision,
  }))
}

/** The first photograph of each whose sizes are made. */
async function photosOf(db: Db, ids: readonly Id<'activity'>[]): Promise<Map<string, string>> {
  const shown = new Map<string, string>()
  for (const [activityId, proofs] of await proofsOfAll(db, ids)) {
    for (const { kind, mediaId } of proofs) {
      if (kind !== 'photo' || !mediaId || (await mediaById(db, mediaId))?.state !== 'ready') continue
      shown.set(activityId, mediaId)
      break
    }
  }
  return shown
}
