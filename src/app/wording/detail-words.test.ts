import { expect, test } from 'vitest'
import { actorWords } from './actor-words.ts'
import { detailWords } from './detail-words.ts'
import { readWording } from './read-wording.ts'

const w = readWording('vi')

test('a history names a rule by what it goes by, never by its code, and a person by name', () => {
  expect(actorWords(w, 'programme')).toBe('theo kết quả từng lượt phát')
  expect(actorWords(w, 'plan.confirm')).toBe('Hệ thống')
  expect(actorWords(w, 'Lò Thị Mẩy')).toBe('Lò Thị Mẩy')
  expect(actorWords(w, '')).toBe('')
})

test('what a machine answered is named as its answer; what a person wrote stays', () => {
  expect(detailWords(w, 'no_room')).toBe('các khung đã hết chỗ')
  expect(detailWords(w, 'http_503')).toBe('trả lời 503')
  expect(detailWords(w, 'ESME_RSUBMITFAIL')).toBe('nơi nhận trả lời “ESME_RSUBMITFAIL”')
  expect(detailWords(w, 'UNDELIV err:012')).toBe('nơi nhận trả lời “UNDELIV err:012”')
  expect(detailWords(w, 'part_2_no_answer')).toBe('từ phần 2: không có trả lời')
  expect(detailWords(w, 'Đã gọi chị Hoa')).toBe('Đã gọi chị Hoa')
  expect(detailWords(w, '')).toBe('')
})
