import * as v from 'valibot'
import type {
  BridgePackage,
  FieldNames,
  FieldSection,
  PackageProblem,
  SourceBulletin,
  SourceDay,
  SourcePlay,
} from '../../core/bridge/index.ts'
import { Refusal } from '../../core/kernel/index.ts'
import { namedHere, pathThere } from './other-names.ts'
import { FORMAT, VERSION } from './wire-names.ts'
import { BeatRow, FiguresRow, ReportRow, ShowingRow } from './wire-evidence.ts'
import { BulletinRow, DayRow, DeviceRow, type DayOfRow } from './wire-rows.ts'

/** More than a province exchanges in a month; what is longer is a mistake or an attack. */
const MOST_ROWS = 20_000

export interface ReadJson {
  readonly content: BridgePackage
  readonly problems: readonly PackageProblem[]
}

const Envelope = v.looseObject({
  DinhDang: v.optional(v.string()),
  PhienBan: v.optional(v.union([v.string(), v.number()])),
  NguonId: v.optional(v.string(), ''),
  TaoLuc: v.optional(v.string()),
  BanTin: v.optional(v.array(v.unknown()), []),
  ScheduleDate: v.optional(v.array(v.unknown()), []),
  ThietBi: v.optional(v.array(v.unknown()), []),
  BaoCaoPhat: v.optional(v.array(v.unknown()), []),
  TrangThai: v.optional(v.array(v.unknown()), []),
  PingMessage: v.optional(v.array(v.unknown()), []),
  Schedule: v.optional(v.array(v.unknown()), []),
})

/**
 * Reads a package: ours, or an object of another system with any of the known lists in it. A row that cannot be read is
 * a problem and costs the others nothing; codes are taken as they are, fields by the names that they have there.
 *
 * @throws Refusal `bridge.not_json`, `bridge.no_package`, `bridge.other_version`, `bridge.too_many_rows`
 */
export function readBridgeJson(text: string, names: FieldNames): ReadJson {
  const whole = envelopeOf(text, names)
  const problems: PackageProblem[] = []
  const given = bulletinsOf(whole, problems)
  return {
    content: {
      source: whole.NguonId.normalize('NFC'),
      madeAt: momentOr(whole.TaoLuc, new Date(0)),
      bulletins: given,
      days: knownPlaysOf(rowsOf(DayRow, whole.ScheduleDate, 'days', problems), given, problems),
      devices: rowsOf(DeviceRow, whole.ThietBi, 'devices', problems),
      figures: rowsOf(FiguresRow, whole.BaoCaoPhat, 'figures', problems),
      reports: rowsOf(ReportRow, whole.TrangThai, 'reports', problems),
      beats: rowsOf(BeatRow, whole.PingMessage, 'beats', problems),
      showings: rowsOf(ShowingRow, whole.Schedule, 'showings', problems),
    },
    problems: problems.map((one) => ({ ...one, field: pathThere(one.field.split('.'), PARTS[one.section], names) })),
  }
}

/** Whose fields the rows of a section have. */
const PARTS = {
  ...{ bulletins: 'bulletin', days: 'day', devices: 'device', figures: 'figures', reports: 'report' },
  ...{ beats: 'beat', showings: 'showing' },
} as const satisfies Record<PackageProblem['section'], FieldSection>

function envelopeOf(text: string, names: FieldNames) {
  const parsed = v.safeParse(Envelope, namedHere(jsonOf(text), names))
  if (!parsed.success) throw new Refusal('bridge.no_package')
  const whole = parsed.output
  const ours = whole.DinhDang === undefined || whole.DinhDang === FORMAT
  if (!ours || (whole.PhienBan !== undefined && String(whole.PhienBan) !== VERSION)) {
    throw new Refusal('bridge.other_version', { version: VERSION })
  }
  const evidence = [whole.BaoCaoPhat, whole.TrangThai, whole.PingMessage, whole.Schedule]
  const lists = [whole.BanTin, whole.ScheduleDate, whole.ThietBi, ...evidence]
  const rows = lists.reduce((sum, list) => sum + list.length, 0)
  if (rows === 0) throw new Refusal('bridge.no_package')
  if (rows > MOST_ROWS) throw new Refusal('bridge.too_many_rows', { most: MOST_ROWS })
  return whole
}

function jsonOf(text: string): unknown {
  try {
    // Some programs of Windows put a mark of byte order in front, which is no JSON.
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    throw new Refusal('bridge.not_json')
  }
}

function rowsOf<Schema extends v.GenericSchema>(
  schema: Schema,
  rows: readonly unknown[],
  section: PackageProblem['section'],
  problems: PackageProblem[],
  before = 0,
): v.InferOutput<Schema>[] {
  return rows.flatMap((row, at) => {
    const parsed = v.safeParse(schema, row)
    if (parsed.success) return [parsed.output]
    const field = parsed.issues[0]?.path?.map((step) => String(step.key)).join('.') ?? ''
    problems.push({ section, row: before + at + 1, code: 'bridge.bad_row', field })
    return []
  })
}

/** Of two with one id the first is taken: which of them is meant only the sender knows. */
function bulletinsOf(whole: v.InferOutput<typeof Envelope>, problems: PackageProblem[]): SourceBulletin[] {
  const seen = new Set<string>()
  return whole.BanTin.flatMap((row, at) => {
    const [one] = rowsOf(BulletinRow, [row], 'bulletins', problems, at)
    if (!one) return []
    const bulletin = { ...one, source: one.source || whole.NguonId.normalize('NFC') }
    const key = JSON.stringify([bulletin.source, bulletin.id])
    if (!seen.has(key)) return seen.add(key) && [bulletin]
    problems.push({ section: 'bulletins', row: at + 1, code: 'bridge.double', field: 'BanTinId' })
    return []
  })
}

/** A play of a bulletin that is not in the package is left out. */
function knownPlaysOf(days: readonly DayOfRow[], bulletins: readonly SourceBulletin[], problems: PackageProblem[]) {
  const known = new Set(bulletins.map(({ id }) => id))
  return days.map((day, at): SourceDay => {
    const isKnown = ({ bulletinId }: SourcePlay) => known.has(bulletinId)
    if (!day.slots.every(({ plays }) => plays.every(isKnown))) {
      problems.push({ section: 'days', row: at + 1, code: 'bridge.unknown_bulletin', field: 'BanTinId' })
    }
    return { ...day, slots: day.slots.map((slot) => ({ ...slot, plays: slot.plays.filter(isKnown) })) }
  })
}

function momentOr(text: string | undefined, otherwise: Date): Date {
  const moment = new Date(text ?? '')
  return Number.isNaN(moment.getTime()) ? otherwise : moment
}
