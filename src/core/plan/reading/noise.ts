import type { Line } from './lines.ts'
import { fold } from './words.ts'

/** What a portal prints behind an article; everything after the first of these is the portal's. */
const STOPS = new RegExp(
  `^(?:(?:các )?(?:tin|bài)(?: viết| bài)? (?:khác|liên quan|mới|mới hơn|cũ hơn|cùng chuyên mục|đã đưa|đọc nhiều)|tin tức khác|` +
    `thống kê truy cập|thống kê|lượt truy cập|số lượt truy cập|đăng nhập|ý kiến bạn đọc|gửi bình luận|bình luận|gửi ý kiến|văn bản liên quan|` +
    `các văn bản khác|tìm kiếm|liên kết website|liên kết web|về trang trước|về đầu trang|quay lại|in trang|in bài viết|chia sẻ|đánh giá|` +
    `chia sẻ bài viết|xem thêm|tải về|tải văn bản|từ khoá|file đính kèm|tệp đính kèm|tệp tin đính kèm|trang chủ|bản đồ|image)[ :.]*$`,
  'u',
)
const STOP_BEGINNINGS =
  /^(?:\(?nguồn ?:|số lượt xem|lượt xem|lượt truy cập ?:|đang truy cập|đang online|bản quyền thuộc|copyright|©)/u
const COUNTERS =
  /^(?:[•*-] ?)?(?:hôm nay|hôm qua|tuần này|tuần trước|trong tuần|tháng này|trong tháng|tất cả|tổng số|đang online|khách online|truy cập|lượt xem|đã xem) ?:?[\d .,:apm/-]*$/u
const DATELINE =
  /^(?:đăng ngày|ngày đăng|cập nhật|đăng lúc|ngày|thứ \S+,?)? ?:?\s*\d{1,2} ?[/-] ?\d{1,2} ?[/-] ?\d{4}(?:[ ,|-]*\d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]m)?)?\)?$/u
const CRUMBS = /^(?:https?:\/\/|www\.|tin chỉ đạo|tin tức|tin hoạt động|ý kiến thăm dò|cỡ chữ|[\d .,%]+$|[a-z]$)/u

/** Lines that no signed document holds: counters, datelines of a portal, addresses, buttons. */
export function isNoise(words: string): boolean {
  if (words.length > 90) return /^https?:\/\/\S+$/u.test(words)
  const folded = fold(words)
  return COUNTERS.test(folded) || DATELINE.test(folded) || CRUMBS.test(folded) || STOPS.test(folded)
}

/** A line of a few digits alone, `- 2 -` or `Trang 2/5`: the number of a page. */
export function isPageNumber(words: string): boolean {
  return words.length < 16 && /^(?:trang )?[-–—~]*\s*\d{1,3}\s*(?:\/\s*\d{1,3})?\s*[-–—~]*$/iu.test(words)
}

/**
 * The first line of what the portal printed behind the document; `lines.length` where it printed nothing. A phrase of
 * the portal counts only where nothing like a clause heading comes after it.
 */
export function endOfDocument(lines: readonly Line[], from: number): number {
  let end = lines.length
  for (let i = lines.length - 1; i > from; i -= 1) {
    const words = lines[i]?.text ?? ''
    if (words === '') continue
    if (/^(?:[IVX]{1,5}\s?[.\-/)]|Điều \d+\s?[.:])\s*\p{Lu}/u.test(words) || words.length > 300) break
    const folded = words.length > 90 ? '' : fold(words)
    if (STOPS.test(folded) || STOP_BEGINNINGS.test(folded) || COUNTERS.test(folded)) end = i
  }
  return end
}
