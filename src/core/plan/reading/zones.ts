import type { Paragraph } from './blocks.ts'

/** What a section of a plan is for: `skip` lays nothing on anyone, `assign` hands out the work, `work` may name bodies in its sentences. */
export type Zone = 'skip' | 'work' | 'assign'

const SKIP =
  /^(?:mục đích|mục tiêu|yêu cầu(?: chung)?[.:]?$|yêu cầu,|quan điểm|ý nghĩa|chỉ tiêu|căn cứ pháp lý|cơ sở pháp lý|đánh giá|thực trạng|tình hình|đặc điểm|kết quả (?:đạt|thực hiện)|đối tượng|phạm vi|thời gian|địa điểm|khẩu hiệu|tồn tại|hạn chế|nguyên nhân|thành phần|nơi nhận|sự cần thiết)/u
const ASSIGN =
  /(?:tổ chức thực hiện|phân công (?:nhiệm vụ|trách nhiệm|thực hiện|tổ chức)|^phân công|trách nhiệm (?:của|thực hiện)|nhiệm vụ của|nhiệm vụ cụ thể|tổ chức triển khai|^thực hiện$)/u
const HEADING_LONGEST = 220

/** The zone that a heading opens; null where the paragraph opens none. */
export function zoneOf(paragraph: Paragraph): Zone | null {
  if (!paragraph.marked || paragraph.folded.length > HEADING_LONGEST || paragraph.children.length === 0) return null
  const heading = paragraph.folded.replace(/^[\s.:-]+/u, '')
  if (SKIP.test(heading)) return 'skip'
  return ASSIGN.test(heading) && heading.length < 120 ? 'assign' : null
}

const NO_DUTY =
  /(?:chịu trách nhiệm (?:thi hành|thực hiện) (?:quyết định|chỉ thị|kế hoạch|nghị quyết|thông báo|công văn)|(?:nếu có|có|gặp|phát sinh) (?:những )?(?:vấn đề )?(?:khó khăn|vướng mắc|phát sinh)|^trên đây là|^nhận được (?:công văn|kế hoạch|văn bản|chỉ thị)|(?:thực hiện|triển khai) nghiêm túc (?:công văn|chỉ thị|kế hoạch|thông báo|quyết định) này|có hiệu lực (?:kể )?từ ngày|^(?:\* ?)?(?:lưu ý|ghi chú)|^ban hành kèm theo|^căn cứ (?:luật|nghị định|quyết định|thông tư|chỉ thị|kế hoạch|công văn|nghị quyết|kết luận)[^;]{0,400};?$)/u

/** Closing remarks, enforcement clauses and notes: words that lay nothing new on anyone. */
export function laysNothing(folded: string): boolean {
  return NO_DUTY.test(folded)
}
