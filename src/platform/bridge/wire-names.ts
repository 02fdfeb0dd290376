/**
 * Names of fields as they were read in the client code of existing systems (every value a string), because the annexes of
 * guides 1273/BTTTT-TTCS and 2455/BTTTT-TTCS are not public. What stands under `Loa` and `TrangThai` is ours: for a
 * recording and for a status report no public name was found.
 */
export interface WireBulletin {
  readonly BanTinId: string
  readonly TieuDe: string
  readonly LoaiLinhVuc: string
  readonly LoaiBanTin: string
  readonly MucDoUuTien: string
  readonly NguonId: string
  readonly NoiDung: string
  readonly NoiDungTomTat: string
  readonly ThoiLuong: string
  readonly NguonTin: string
  readonly CreatedUser: string
  readonly CreatedTime: string
  readonly VungPhat: string
  readonly TacGia: {
    readonly TenDayDu: string
    readonly TenDangNhap: string
    readonly Email: string
    readonly ButDanh: string
  }
  readonly Loa?: {
    readonly TepAmThanh: string
    readonly Sha256: string
    readonly Bytes: string
    readonly NgonNgu: string
  }
}

export interface WirePlay extends Omit<WireBulletin, 'Loa' | 'CreatedUser' | 'CreatedTime'> {
  readonly Id: string
  readonly Order: string
  readonly MediaProjectId: string
  readonly BroadcastRegion: string
  readonly Duration: string
}

export interface WireSlot {
  readonly Id: string
  readonly Name: string
  readonly Start: string
  readonly End: string
  readonly Playlists: readonly WirePlay[]
}

export interface WireDay {
  readonly Id: string
  readonly DonVi: string
  readonly Date: string
  readonly DatesCopy: readonly string[]
  readonly SchedulePlaylistTimes: readonly WireSlot[]
}

export interface WireDevice {
  readonly name: string
  readonly deviceCode: string
  readonly areaId: string
  readonly address: string
  readonly lat: string
  readonly lon: string
  readonly status: string
}

export interface WireFigures {
  readonly station: string
  readonly speaker: string
  readonly district: string
  readonly ward: string
  readonly latitude: string
  readonly longitude: string
  readonly total: string
  readonly play_successful: string
  readonly urgent_bulletin: string
  readonly play_time: string
  readonly request_duration: string
}

export interface WireReport {
  readonly MaBaoCao: string
  readonly BanTinId: string
  readonly deviceCode: string
  readonly TrangThai: string
  readonly ThoiGian: string
  readonly ThoiLuong: string
}

/** As a loudspeaker's client tells it over MQTT; `Loi` (its faults) and `ThoiGian` are ours. */
export interface WireBeat {
  readonly Sn: string
  readonly Type: string
  readonly Name: string
  readonly Ver: string
  readonly Vl1: string
  readonly Loi: string
  readonly ThoiGian: string
}

/** As a board's client is told over MQTT, moments in seconds since 1970; `BangTin` (the board) is ours. */
export interface WireShowing {
  readonly Id: string
  readonly BangTin: string
  readonly CreatedTime: string
  readonly Duration: string
  readonly From: string
  readonly To: string
  readonly IsActive: string
  readonly Title: string
  readonly ScheduleType: string
  readonly TextContent: string
  readonly MediaContent: string
}

export interface WirePackage {
  readonly DinhDang: typeof FORMAT
  readonly PhienBan: typeof VERSION
  readonly NguonId: string
  readonly TaoLuc: string
  readonly BanTin: readonly WireBulletin[]
  readonly ScheduleDate: readonly WireDay[]
  readonly ThietBi: readonly WireDevice[]
  readonly BaoCaoPhat: readonly WireFigures[]
  readonly TrangThai: readonly WireReport[]
  readonly PingMessage: readonly WireBeat[]
  readonly Schedule: readonly WireShowing[]
}

export const FORMAT = 'loa-httttn'
export const VERSION = '1'
/** Between the codes of places in `VungPhat`, and between faults. */
export const REACH_MARK = ';'

/** Where the recording of a hash lies in the folder of a package. */
export function soundPath(sha256: string): string {
  return `am-thanh/${sha256}.mp3`
}

export const JSON_NAME = 'goi.json'
export const SCHEDULE_NAME = 'lich-phat.html'
