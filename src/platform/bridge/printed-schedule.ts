import type { BridgePackage, SourceBulletin, SourceDay } from '../../core/bridge/index.ts'
import { dayWords } from '../../core/kernel/index.ts'
import { soundPath } from './wire-names.ts'

/** The schedule of a package as one page to be printed, for who plays it by hand: nothing is fetched from anywhere. */
export function printedSchedule({ days, bulletins }: BridgePackage): string {
  const byId = new Map(bulletins.map((one) => [one.id, one]))
  const sections = days.map((day) => dayOf(day, byId)).join('\n')
  return `<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><title>Lịch phát thanh</title><style>
body{font:14px/1.45 serif;margin:2cm}h2{break-after:avoid;font-size:16px}table{border-collapse:collapse;width:100%}
th,td{border:1px solid #444;padding:4px 6px;text-align:left;vertical-align:top}td:last-child{width:3cm}tr{break-inside:avoid}
</style></head><body><h1>Lịch phát thanh</h1>
${sections || '<p>Không có buổi phát nào trong những ngày này.</p>'}
</body></html>
`
}

function dayOf({ station, day, slots }: SourceDay, bulletins: ReadonlyMap<string, SourceBulletin>): string {
  const rows = slots.flatMap((slot) =>
    slot.plays.map((play) => {
      const bulletin = bulletins.get(play.bulletinId)
      const file = bulletin?.sound ? soundPath(bulletin.sound.sha256) : ''
      const cells = [
        `${slot.begins}–${slot.ends} ${slot.name}`,
        String(play.order),
        bulletin?.title ?? '',
        `${Math.ceil(play.seconds)} giây`,
        file,
        '',
      ]
      return `<tr>${cells.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`
    }),
  )
  const head = ['Khung giờ', 'Thứ tự', 'Bản tin', 'Độ dài', 'Tệp âm thanh', 'Đã phát (ký)']
  return `<h2>${escaped(station)}, ngày ${escaped(dayWords(day))}</h2>
<table><thead><tr>${head.map((name) => `<th>${name}</th>`).join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
