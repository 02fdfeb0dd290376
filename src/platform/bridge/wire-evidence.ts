import * as v from 'valibot'
import { REACH_MARK } from './wire-names.ts'
import { count, degrees, id, moment, number, optional, words } from './wire-rows.ts'

export const FiguresRow = v.pipe(
  v.object({
    station: id,
    speaker: optional(200),
    ward: optional(300),
    latitude: degrees(90),
    longitude: degrees(180),
    total: count,
    play_successful: count,
    urgent_bulletin: count,
    play_time: number,
    request_duration: number,
  }),
  v.transform((one) => ({
    station: one.station,
    speaker: one.speaker,
    place: one.ward,
    latitude: one.latitude,
    longitude: one.longitude,
    total: one.total,
    played: one.play_successful,
    emergencies: one.urgent_bulletin,
    playedSeconds: one.play_time,
    askedSeconds: one.request_duration,
  })),
)

export const ReportRow = v.pipe(
  v.object({
    MaBaoCao: id,
    BanTinId: id,
    deviceCode: optional(200),
    TrangThai: optional(100),
    ThoiGian: moment,
    ThoiLuong: number,
  }),
  v.transform((one) => ({
    id: one.MaBaoCao,
    bulletinId: one.BanTinId,
    device: one.deviceCode,
    state: one.TrangThai,
    at: one.ThoiGian,
    seconds: one.ThoiLuong,
  })),
)

/** A number, or nothing. */
const numberOrNone = v.pipe(
  optional(40),
  v.transform((text) => (text === '' ? null : Number(text))),
  v.nullable(v.pipe(v.number(), v.finite())),
)

export const BeatRow = v.pipe(
  v.object({
    Sn: id,
    Name: optional(300),
    Ver: optional(100),
    Vl1: numberOrNone,
    Loi: optional(2_000),
    ThoiGian: moment,
  }),
  v.transform((one) => ({
    device: one.Sn,
    name: one.Name,
    at: one.ThoiGian,
    version: one.Ver,
    volume: one.Vl1,
    faults: one.Loi.split(REACH_MARK).filter((fault) => fault !== ''),
  })),
)

/** Seconds since 1970 in figures, no later than JavaScript can tell. */
const inSeconds = v.pipe(
  words(20),
  v.regex(/^\d{1,12}$/),
  v.transform((text) => new Date(Number(text) * 1_000)),
)

export const ShowingRow = v.pipe(
  v.object({
    Id: id,
    BangTin: optional(200),
    CreatedTime: inSeconds,
    Duration: number,
    From: inSeconds,
    To: inSeconds,
    IsActive: optional(20),
    Title: optional(1_000),
    ScheduleType: optional(100),
    TextContent: optional(60_000),
    MediaContent: optional(1_000),
  }),
  v.transform((one) => ({
    id: one.Id,
    board: one.BangTin,
    title: one.Title,
    kind: one.ScheduleType,
    words: one.TextContent,
    media: one.MediaContent,
    seconds: one.Duration,
    madeAt: one.CreatedTime,
    from: one.From,
    until: one.To,
    on: one.IsActive === '1' || one.IsActive.toLowerCase() === 'true',
  })),
)
