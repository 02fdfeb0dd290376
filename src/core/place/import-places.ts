import * as v from 'valibot'
import { action, dayAt, DaySchema, newId, Refusal, type Id } from '../kernel/index.ts'
import { insertPlaces, insertPlaceSuccessions, placeCodes } from './place.store.ts'
import { PLACE_KINDS } from './place.ts'

const text = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200))
const day = v.nullish(DaySchema, null)
const number = v.nullish(v.number(), null)

const PlaceRow = v.object({
  code: text,
  kind: v.picklist(PLACE_KINDS),
  level: v.picklist(['national', 'province', 'district', 'commune', 'village']),
  name: text,
  parent: v.nullish(text, null),
  aliveFrom: day,
  aliveTo: day,
  languages: v.optional(v.array(text), ['vi']),
  latitude: number,
  longitude: number,
  areaKm2: number,
  note: v.nullish(text, null),
  /** Codes of what it became, on `successionDay`. */
  successors: v.optional(v.array(text), []),
  successionDay: day,
})
export type PlaceRow = v.InferInput<typeof PlaceRow>

/** Adds places from a table, parents first; places that stand already are left. The same table again changes nothing. */
export const importPlaces = action('place.import', {
  input: v.object({ rows: v.pipe(v.array(PlaceRow), v.maxLength(30_000)) }),
  may: { who: 'roles', roles: ['administrator'] },
  records: (_input, added: number) => (added > 0 ? { subject: 'place', subjectId: null, facts: { added } } : null),
  async run(ctx, { rows }) {
    const ids = await placeCodes(ctx.db)
    const fresh = rows.filter((row) => !ids.has(row.code))
    for (const row of fresh) ids.set(row.code, newId<'place'>())
    const idOf = (code: string): Id<'place'> => {
      const id = ids.get(code)
      if (!id) throw new Refusal('place.unknown', { code })
      return id
    }
    const depth = new Map<string, number>([
      ['national', 0],
      ['province', 1],
      ['district', 2],
      ['commune', 3],
      ['village', 4],
    ])
    const sorted = [...fresh].sort((one, other) => (depth.get(one.level) ?? 9) - (depth.get(other.level) ?? 9))
    await insertPlaces(
      ctx.db,
      sorted.map(({ parent, successors: _successors, successionDay: _day, ...row }) => ({
        ...row,
        name: row.name.normalize('NFC'),
        id: idOf(row.code),
        parentId: parent === null ? null : idOf(parent),
      })),
    )
    const links = fresh.flatMap((row) =>
      row.successors.map((to) => ({
        fromId: idOf(row.code),
        toId: idOf(to),
        onDay: row.successionDay ?? dayAt(ctx.clock.now()),
        note: null,
      })),
    )
    for (let at = 0; at < links.length; at += 500) await insertPlaceSuccessions(ctx.db, links.slice(at, at + 500))
    return fresh.length
  },
})
