import type {
  BridgePackage,
  FieldNames,
  PlayFigures,
  SourceBeat,
  SourceBulletin,
  SourceDay,
  SourceDevice,
  SourceReport,
  SourceShowing,
} from '../../core/bridge/index.ts'
import { namedThere } from './other-names.ts'
import {
  FORMAT,
  REACH_MARK,
  soundPath,
  VERSION,
  type WireBeat,
  type WireBulletin,
  type WireDay,
  type WireDevice,
  type WireFigures,
  type WirePackage,
  type WirePlay,
  type WireReport,
  type WireShowing,
} from './wire-names.ts'

/** A package as JSON in UTF-8, each value a string as existing systems write them, under the names that fields have there. */
export function writeBridgeJson(given: BridgePackage, names: FieldNames): string {
  const bulletins = new Map(given.bulletins.map((one) => [one.id, one]))
  const whole: WirePackage = {
    DinhDang: FORMAT,
    PhienBan: VERSION,
    NguonId: given.source,
    TaoLuc: given.madeAt.toISOString(),
    BanTin: given.bulletins.map(wireBulletin),
    ScheduleDate: given.days.map((day) => wireDay(day, bulletins)),
    ThietBi: given.devices.map(wireDevice),
    BaoCaoPhat: given.figures.map(wireFigures),
    TrangThai: given.reports.map(wireReport),
    PingMessage: given.beats.map(wireBeat),
    Schedule: given.showings.map(wireShowing),
  }
  return JSON.stringify(namedThere(whole, names), null, 1)
}

function wireBulletin(one: SourceBulletin): WireBulletin {
  const sound = one.sound && {
    TepAmThanh: soundPath(one.sound.sha256),
    Sha256: one.sound.sha256,
    Bytes: String(one.sound.bytes),
    NgonNgu: one.sound.language,
  }
  return { ...about(one), CreatedUser: one.createdBy, CreatedTime: one.createdAt, ...(sound && { Loa: sound }) }
}

function about(one: SourceBulletin) {
  return {
    BanTinId: one.id,
    TieuDe: one.title,
    LoaiLinhVuc: one.field,
    LoaiBanTin: one.kind,
    MucDoUuTien: one.urgency,
    NguonId: one.source,
    NoiDung: one.words,
    NoiDungTomTat: one.summary,
    ThoiLuong: String(one.seconds),
    NguonTin: one.from,
    VungPhat: one.reach.join(REACH_MARK),
    TacGia: {
      TenDayDu: one.author.name,
      TenDangNhap: one.author.userName,
      Email: one.author.mail,
      ButDanh: one.author.penName,
    },
  }
}

function wireDay({ id, station, day, copies, slots }: SourceDay, bulletins: ReadonlyMap<string, SourceBulletin>) {
  const played = (bulletinId: string) => {
    const found = bulletins.get(bulletinId)
    if (!found) throw new Error(`The schedule of ${day} names the bulletin ${bulletinId}, which is not in the package`)
    return found
  }
  return {
    Id: id,
    DonVi: station,
    Date: day,
    DatesCopy: copies,
    SchedulePlaylistTimes: slots.map((slot) => ({
      Id: slot.id,
      Name: slot.name,
      Start: slot.begins,
      End: slot.ends,
      Playlists: slot.plays.map((play): WirePlay => ({
        Id: play.id,
        Order: String(play.order),
        MediaProjectId: '',
        BroadcastRegion: station,
        ...about(played(play.bulletinId)),
        Duration: String(play.seconds),
      })),
    })),
  } satisfies WireDay
}

function wireDevice(one: SourceDevice): WireDevice {
  return {
    name: one.name,
    deviceCode: one.code,
    areaId: one.area,
    address: one.address,
    lat: degrees(one.latitude),
    lon: degrees(one.longitude),
    status: one.on ? '1' : '0',
  }
}

function wireFigures(one: PlayFigures): WireFigures {
  return {
    station: one.station,
    speaker: one.speaker,
    // There are none any more since 1 July 2025; the column stays for those who read it.
    district: '',
    ward: one.place,
    latitude: degrees(one.latitude),
    longitude: degrees(one.longitude),
    total: String(one.total),
    play_successful: String(one.played),
    urgent_bulletin: String(one.emergencies),
    play_time: String(one.playedSeconds),
    request_duration: String(one.askedSeconds),
  }
}

function wireReport(one: SourceReport): WireReport {
  return {
    MaBaoCao: one.id,
    BanTinId: one.bulletinId,
    deviceCode: one.device,
    TrangThai: one.state,
    ThoiGian: one.at.toISOString(),
    ThoiLuong: String(one.seconds),
  }
}

function wireBeat(one: SourceBeat): WireBeat {
  return {
    Sn: one.device,
    // A receiver, as all of ours are.
    Type: '0',
    Name: one.name,
    Ver: one.version,
    Vl1: one.volume === null ? '' : String(one.volume),
    Loi: one.faults.join(REACH_MARK),
    ThoiGian: one.at.toISOString(),
  }
}

function wireShowing(one: SourceShowing): WireShowing {
  return {
    Id: one.id,
    BangTin: one.board,
    CreatedTime: inSeconds(one.madeAt),
    Duration: String(one.seconds),
    From: inSeconds(one.from),
    To: inSeconds(one.until),
    IsActive: one.on ? '1' : '0',
    Title: one.title,
    ScheduleType: one.kind,
    TextContent: one.words,
    MediaContent: one.media,
  }
}

function inSeconds(moment: Date): string {
  return String(Math.floor(moment.getTime() / 1_000))
}

function degrees(value: number | null): string {
  return value === null ? '' : String(value)
}
