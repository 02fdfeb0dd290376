/**
 * Fields of a package by the part they stand in, under the names read in makers' code (the annexes of guides 1273 and 2455
 * are not public) or, where none was found, under names of our own. What marks a package as one of ours is no such field.
 */
export const FIELDS = {
  package: [
    ...['NguonId', 'TaoLuc', 'BanTin', 'ScheduleDate', 'ThietBi', 'BaoCaoPhat', 'TrangThai', 'PingMessage'],
    'Schedule',
  ],
  bulletin: [
    ...['BanTinId', 'TieuDe', 'LoaiLinhVuc', 'LoaiBanTin', 'MucDoUuTien', 'NguonId', 'NoiDung', 'NoiDungTomTat'],
    ...['ThoiLuong', 'NguonTin', 'CreatedUser', 'CreatedTime', 'VungPhat', 'TacGia', 'Loa'],
  ],
  author: ['TenDayDu', 'TenDangNhap', 'Email', 'ButDanh'],
  sound: ['TepAmThanh', 'Sha256', 'Bytes', 'NgonNgu'],
  day: ['Id', 'DonVi', 'Date', 'DatesCopy', 'SchedulePlaylistTimes'],
  slot: ['Id', 'Name', 'Start', 'End', 'Playlists'],
  /** Beside those of a bulletin. */
  play: ['Id', 'Order', 'MediaProjectId', 'BroadcastRegion', 'Duration'],
  device: ['name', 'deviceCode', 'areaId', 'address', 'lat', 'lon', 'status'],
  figures: [
    ...['station', 'speaker', 'district', 'ward', 'latitude', 'longitude', 'total', 'play_successful'],
    ...['urgent_bulletin', 'play_time', 'request_duration'],
  ],
  report: ['MaBaoCao', 'BanTinId', 'deviceCode', 'TrangThai', 'ThoiGian', 'ThoiLuong'],
  beat: ['Sn', 'Type', 'Name', 'Ver', 'Vl1', 'Loi', 'ThoiGian'],
  showing: [
    ...['Id', 'BangTin', 'CreatedTime', 'Duration', 'From', 'To', 'IsActive', 'Title', 'ScheduleType'],
    ...['TextContent', 'MediaContent'],
  ],
} as const satisfies Record<string, readonly string[]>

export type FieldSection = keyof typeof FIELDS
// The keys of a literal.
export const FIELD_SECTIONS = Object.keys(FIELDS) as FieldSection[]

/** Parts whose fields stand in one object, where no two may have one name. */
const TOGETHER: Partial<Record<FieldSection, readonly FieldSection[]>> = {
  bulletin: ['bulletin', 'play'],
  play: ['play', 'bulletin'],
}

/** Names that mark a package as one of ours. */
const RESERVED: Partial<Record<FieldSection, readonly string[]>> = { package: ['DinhDang', 'PhienBan'] }

export interface FieldName {
  readonly section: string
  readonly field: string
  readonly name: string
}

/** The names of all fields at a moment, read both ways. */
export class FieldNames {
  readonly #names: ReadonlyMap<string, string>
  readonly #fields: ReadonlyMap<string, string>

  /** @param changed Those that have another name than the known one. */
  constructor(changed: readonly FieldName[]) {
    this.#names = new Map(changed.map(({ section, field, name }) => [`${section} ${field}`, name]))
    this.#fields = new Map(changed.map(({ section, field, name }) => [`${section} ${name}`, field]))
  }

  /** What a field is called there. */
  nameOf(section: FieldSection, field: string): string {
    return this.#names.get(`${section} ${field}`) ?? field
  }

  /** The field that has a name; the name itself where nobody has given it to any. */
  fieldOf(section: FieldSection, name: string): string {
    return this.#fields.get(`${section} ${name}`) ?? name
  }

  /** Of the names that would stand for a part, the first field that has been given one which another in the same object has. */
  doubleIn(section: FieldSection, wanted: Readonly<Record<string, string>>): string | null {
    const others = (TOGETHER[section] ?? []).filter((one) => one !== section)
    const theirs = others.flatMap((one) => FIELDS[one].map((field) => this.nameOf(one, field)))
    const own = FIELDS[section].map((field) => ({ field, name: wanted[field] ?? field }))
    const all = [...theirs, ...(RESERVED[section] ?? []), ...own.map(({ name }) => name)]
    const clashing = own.filter(({ name }) => all.indexOf(name) !== all.lastIndexOf(name))
    return (clashing.find(({ field, name }) => field !== name) ?? clashing[0])?.field ?? null
  }
}
