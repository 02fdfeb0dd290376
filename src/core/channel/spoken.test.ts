import { describe, expect, test } from 'vitest'
import { readNumber, readPhone } from './spoken-numbers.ts'
import { spokenForm } from './spoken.ts'

describe('numbers', () => {
  test.each([
    ['0', 'không'],
    ['5', 'năm'],
    ['15', 'mười lăm'],
    ['21', 'hai mươi mốt'],
    ['25', 'hai mươi lăm'],
    ['105', 'một trăm linh năm'],
    ['1005', 'một nghìn không trăm linh năm'],
    ['2155', 'hai nghìn một trăm năm mươi lăm'],
  ])('%s', (digits, words) => {
    expect(readNumber(digits)).toBe(words)
  })
})

describe('numbers to call', () => {
  test.each([
    ['111', 'một một một'],
    ['0692449137', 'không sáu chín hai, bốn bốn chín, một ba bảy'],
    ['0692.449.137', 'không sáu chín hai, bốn bốn chín, một ba bảy'],
    ['+84 692 449 137', 'không sáu chín hai, bốn bốn chín, một ba bảy'],
    ['18001567', 'một tám không không, một năm sáu bảy'],
  ])('%s', (number, words) => {
    expect(readPhone(number)).toBe(words)
  })
})

describe('a text read out', () => {
  test.each([
    ['Ngày 30/7', 'Ngày ba mươi tháng bảy'],
    ['hưởng ứng 30/7 năm nay', 'hưởng ứng ngày ba mươi tháng bảy năm nay'],
    [
      'cao điểm 01/7-30/9/2023',
      'cao điểm từ ngày một tháng bảy đến ngày ba mươi tháng chín năm hai nghìn không trăm hai mươi ba',
    ],
    [
      'từ ngày 01/7/2023 đến ngày 30/9/2023',
      'từ ngày một tháng bảy năm hai nghìn không trăm hai mươi ba đến ngày ba mươi tháng chín năm hai nghìn không trăm hai mươi ba',
    ],
    ['02/9/2026', 'ngày hai tháng chín năm hai nghìn không trăm hai mươi sáu'],
    ['ngày 05/4', 'ngày năm tháng tư'],
    ['tháng 7/2025', 'tháng bảy năm hai nghìn không trăm hai mươi lăm'],
    ['quý IV/2025', 'quý tư năm hai nghìn không trăm hai mươi lăm'],
    ['giai đoạn 2021 - 2025', 'giai đoạn hai nghìn không trăm hai mươi mốt đến hai nghìn không trăm hai mươi lăm'],
    ['Gọi ngay 0692449137', 'Gọi ngay không sáu chín hai, bốn bốn chín, một ba bảy'],
    ['Hãy gọi tổng đài 111', 'Hãy gọi tổng đài một một một'],
    ['có 111 xã tham gia', 'có một trăm mười một xã tham gia'],
    ['QĐ 193/QĐ-TTg', 'Quyết định số một trăm chín mươi ba của Thủ tướng Chính phủ'],
    ['Quyết định số 193/QĐ-TTg', 'Quyết định số một trăm chín mươi ba của Thủ tướng Chính phủ'],
    ['Luật số 53/2024/QH15', 'Luật số năm mươi ba năm hai nghìn không trăm hai mươi tư của Quốc hội khóa mười lăm'],
    ['Kết luận 13-KL/TW', 'Kết luận số mười ba của Trung ương'],
    ['UBND xã và MTTQ', 'Ủy ban nhân dân xã và Mặt trận Tổ quốc'],
    ['TP. Lào Cai', 'thành phố Lào Cai'],
    ['2.155 hộ', 'hai nghìn một trăm năm mươi lăm hộ'],
    ['1.234,5 ha', 'một nghìn hai trăm ba mươi tư phẩy năm héc-ta'],
    ['66,2 %', 'sáu mươi sáu phẩy hai phần trăm'],
    ['100%', 'một trăm phần trăm'],
    ['13.256 km2', 'mười ba nghìn hai trăm năm mươi sáu ki-lô-mét vuông'],
    ['hơn 1/2 số hộ', 'hơn một phần hai số hộ'],
    ['ngày 1/2', 'ngày một tháng hai'],
    ['1/2', 'một phần hai'],
    ['dịp 2/9', 'dịp ngày hai tháng chín'],
    ['trực 24/7', 'trực hai mươi tư trên bảy'],
    ['5-10 triệu đồng', 'năm đến mười triệu đồng'],
    ['Chương III', 'Chương ba'],
    ['thế kỷ XXI', 'thế kỷ hai mươi mốt'],
    ['lúc 7h30', 'lúc bảy giờ ba mươi'],
    ['16 giờ', 'mười sáu giờ'],
    ['“việc nhẹ, lương cao”', 'việc nhẹ, lương cao'],
    ['xem laocai.gov.vn', 'xem laocai chấm gov chấm vn'],
  ])('%s', (written, said) => {
    expect(spokenForm(written)).toBe(said)
  })

  test('a known hotline is read digit by digit wherever it stands', () => {
    expect(spokenForm('Nhớ lấy 111 nhé', { hotlines: ['111'] })).toBe('Nhớ lấy một một một nhé')
  })

  test('no digit is left, and the cost grows with the length alone', () => {
    const text = 'Từ 01/7-30/9/2023, UBND 99 xã phát 2.155 lượt; gọi 0692449137 hoặc 111, 66,2 % hộ. '
    expect(spokenForm(text.repeat(200))).not.toMatch(/\d/)
    for (const hostile of ['1/'.repeat(20_000), '0 '.repeat(20_000), '-'.repeat(40_000), 'IVX '.repeat(10_000)]) {
      expect(spokenForm(hostile).length).toBeGreaterThanOrEqual(0)
    }
  })
})
