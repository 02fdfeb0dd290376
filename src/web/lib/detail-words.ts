import type { Words } from '#app/wording/words.ts'

/** What an event of a delivery says in few words: one of ours, a status of HTTP, or the words of a machine as they came. */
export function detailWords(w: Words, detail: string): string {
  if (w.has(`delivery_detail_${detail}`)) return w(`delivery_detail_${detail}`)
  const status = /^http_(\d{3})$/.exec(detail)?.[1]
  return status ? w('delivery_detail_http', { status }) : detail
}
