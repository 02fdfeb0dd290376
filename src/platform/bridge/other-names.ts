import { FIELDS, type FieldNames, type FieldSection } from '../../core/bridge/index.ts'

/** Which parts stand where: the fields of a part that hold objects of another. */
const INNER: Partial<Record<FieldSection, Readonly<Record<string, FieldSection>>>> = {
  package: {
    BanTin: 'bulletin',
    ScheduleDate: 'day',
    ThietBi: 'device',
    BaoCaoPhat: 'figures',
    TrangThai: 'report',
    PingMessage: 'beat',
    Schedule: 'showing',
  },
  bulletin: { TacGia: 'author', Loa: 'sound' },
  day: { SchedulePlaylistTimes: 'slot' },
  slot: { Playlists: 'play' },
}

/** A package with its fields under the names that they have in the other system. */
export function namedThere(whole: unknown, names: FieldNames): unknown {
  return renamed(whole, 'package', (section, field) => {
    const part = partOf(section, field)
    return { part, field, name: names.nameOf(part, field) }
  })
}

/**
 * A package of the other system with its fields under the known names. A known name is understood, too, where nothing
 * else in the object stands for its field: not every program there may say it in one way.
 */
export function namedHere(whole: unknown, names: FieldNames): unknown {
  return renamed(whole, 'package', (section, name) => {
    const parts: readonly FieldSection[] = section === 'play' ? ['play', 'bulletin'] : [section]
    const part = parts.find((one) => names.fieldOf(one, name) !== name) ?? partOf(section, name)
    const field = names.fieldOf(part, name)
    return { part, field, name: field }
  })
}

/** Where a field stands, as `BanTin.TacGia.Email` without what it stands in, under the names of the other system. */
export function pathThere(path: readonly string[], section: FieldSection, names: FieldNames): string {
  let below: FieldSection = section
  const steps = path.map((step) => {
    const part = partOf(below, step)
    below = INNER[part]?.[step] ?? below
    return names.nameOf(part, step)
  })
  return steps.join('.')
}

type Rename = (
  section: FieldSection,
  key: string,
) => { readonly part: FieldSection; readonly field: string; readonly name: string }

function renamed(value: unknown, section: FieldSection, rename: Rename): unknown {
  if (Array.isArray(value)) return value.map((one) => renamed(one, section, rename))
  if (value === null || typeof value !== 'object') return value
  const given = Object.entries(value).map(([key, inner]) => {
    const { part, field, name } = rename(section, key)
    const below = INNER[part]?.[field]
    return { changed: key !== name, name, inner: below ? renamed(inner, below, rename) : inner }
  })
  // What stands under a changed name comes last, so that it counts where both are given.
  const ordered = given.toSorted((one, other) => Number(one.changed) - Number(other.changed))
  return Object.fromEntries(ordered.map(({ name, inner }) => [name, inner]))
}

/** A play has the fields of its bulletin beside its own. */
function partOf(section: FieldSection, field: string): FieldSection {
  const own: readonly string[] = FIELDS.play
  return section === 'play' && !own.includes(field) ? 'bulletin' : section
}
