import * as v from 'valibot'
import { isDay } from '../../core/kernel/index.ts'
import { REACH_MARK } from './wire-names.ts'

/** Any text of the other side: a number is taken for its figures; NFC; no letter that a database cannot keep. */
export const words = (most: number) =>
  v.pipe(
    v.union([v.string(), v.number()]),
    v.transform((value) => String(value).normalize('NFC')),
    v.maxLength(most),
    v.check((text) => !text.includes('\0') && text.isWellFormed(), 'text'),
  )
export const optional = (most: number) =>
  v.pipe(
    v.nullish(words(most), ''),
    v.transform((text) => text),
  )
export const id = v.pipe(words(200), v.minLength(1))

export const number = v.pipe(
  optional(40),
  v.transform((text) => (text === '' ? 0 : Number(text))),
  v.number(),
  v.finite(),
  v.minValue(0),
)
export const count = v.pipe(number, v.integer())
export const degrees = (most: number) =>
  v.pipe(
    optional(40),
    v.transform((text) => (text === '' ? null : Number(text))),
    v.nullable(v.pipe(v.number(), v.minValue(-most), v.maxValue(most))),
  )
export const moment = v.pipe(
  words(40),
  v.transform((text) => new Date(text)),
  v.date(),
)
const day = v.pipe(words(10), v.check(isDay, 'day'))
const clock = v.pipe(words(5), v.regex(/^([01]\d|2[0-3]):[0-5]\d$/))
const sha256 = v.pipe(words(64), v.regex(/^[0-9a-f]{64}$/))

const Sound = v.pipe(
  v.object({ Sha256: sha256, Bytes: count, NgonNgu: optional(35) }),
  v.transform((one) => ({ sha256: one.Sha256, bytes: one.Bytes, language: one.NgonNgu })),
)

const Author = v.pipe(
  v.object({ TenDayDu: optional(300), TenDangNhap: optional(300), Email: optional(300), ButDanh: optional(300) }),
  v.transform((one) => ({
    name: one.TenDayDu,
    userName: one.TenDangNhap,
    mail: one.Email,
    penName: one.ButDanh,
  })),
)

const NOBODY = { name: '', userName: '', mail: '', penName: '' }

export const BulletinRow = v.pipe(
  v.object({
    BanTinId: id,
    TieuDe: v.pipe(words(1_000), v.minLength(1)),
    LoaiLinhVuc: optional(100),
    LoaiBanTin: optional(100),
    MucDoUuTien: optional(100),
    NguonId: optional(100),
    NoiDung: optional(60_000),
    NoiDungTomTat: optional(10_000),
    ThoiLuong: number,
    NguonTin: optional(1_000),
    CreatedUser: optional(300),
    CreatedTime: optional(100),
    VungPhat: optional(20_000),
    /** Another name for the same, in some of the code that was read. */
    VungPhatThietBi: optional(20_000),
    TacGia: v.nullish(Author, null),
    Loa: v.nullish(Sound, null),
  }),
  v.transform((one) => ({
    id: one.BanTinId,
    title: one.TieuDe,
    field: one.LoaiLinhVuc,
    kind: one.LoaiBanTin,
    urgency: one.MucDoUuTien,
    source: one.NguonId,
    words: one.NoiDung,
    summary: one.NoiDungTomTat,
    seconds: one.ThoiLuong,
    from: one.NguonTin,
    createdBy: one.CreatedUser,
    createdAt: one.CreatedTime,
    reach: (one.VungPhat || one.VungPhatThietBi).split(REACH_MARK).filter((code) => code !== ''),
    author: one.TacGia ?? NOBODY,
    sound: one.Loa,
  })),
)

const PlayRow = v.pipe(
  v.object({ Id: optional(200), Order: count, BanTinId: id, Duration: number }),
  v.transform((one) => ({ id: one.Id, order: one.Order, bulletinId: one.BanTinId, seconds: one.Duration })),
)

const SlotRow = v.pipe(
  v.object({
    Id: optional(200),
    Name: optional(300),
    Start: clock,
    End: clock,
    Playlists: v.pipe(v.array(PlayRow), v.maxLength(1_000)),
  }),
  v.transform((one) => ({ id: one.Id, name: one.Name, begins: one.Start, ends: one.End, plays: one.Playlists })),
)

export const DayRow = v.pipe(
  v.object({
    Id: optional(200),
    DonVi: optional(200),
    Date: day,
    DatesCopy: v.nullish(v.pipe(v.array(day), v.maxLength(400)), []),
    SchedulePlaylistTimes: v.pipe(v.array(SlotRow), v.maxLength(200)),
  }),
  v.transform((one) => ({
    id: one.Id,
    station: one.DonVi,
    day: one.Date,
    copies: one.DatesCopy ?? [],
    slots: one.SchedulePlaylistTimes,
  })),
)
export type DayOfRow = v.InferOutput<typeof DayRow>

export const DeviceRow = v.pipe(
  v.object({
    name: optional(300),
    deviceCode: id,
    areaId: optional(200),
    address: optional(500),
    lat: degrees(90),
    lon: degrees(180),
    status: optional(20),
  }),
  v.transform((one) => ({
    code: one.deviceCode,
    name: one.name,
    area: one.areaId,
    address: one.address,
    latitude: one.lat,
    longitude: one.lon,
    on: one.status === '1',
  })),
)
