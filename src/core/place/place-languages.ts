import * as v from 'valibot'
import { action, idOf, Refusal, type Id } from '../kernel/index.ts'
import { placeById, updatePlace } from './place.store.ts'
import type { Place } from './place.ts'

/** As the table of places takes it: two or three letters with what narrows them (BCP 47). */
const Tag = v.pipe(v.string(), v.trim(), v.regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/))

/** Says what people in a place speak; an empty list gives it back to the place above. */
export const setPlaceLanguages = action('place.set_languages', {
  input: v.object({ placeId: idOf<'place'>(), languages: v.pipe(v.array(Tag), v.maxLength(30)) }),
  may: { who: 'roles', roles: ['administrator', 'campaign_officer', 'content_officer', 'field_officer'] },
  records: ({ placeId, languages }) => ({
    subject: 'place',
    subjectId: placeId,
    facts: { languages: [...new Set(languages)].join(';') },
  }),
  async run(ctx, { placeId, languages }) {
    const place = await placeById(ctx.db, placeId)
    if (!place) throw new Refusal('place.unknown', { code: '' })
    await updatePlace(ctx.db, { ...place, languages: [...new Set(languages)] })
  },
})

/** What people in a place speak: its own list, else that of the nearest place above that has one; nothing where none has. */
export function languagesSpokenIn(
  place: Pick<Place, 'languages' | 'parentId'>,
  places: ReadonlyMap<Id<'place'>, Pick<Place, 'languages' | 'parentId'>>,
): readonly string[] {
  if (place.languages.length > 0) return place.languages
  const above = place.parentId && places.get(place.parentId)
  return above ? languagesSpokenIn(above, places) : []
}
