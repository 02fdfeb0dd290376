import { describe, expect, test } from 'vitest'
import { spokenForm } from './spoken.ts'

/** How a reader at the microphone says it; written down by hand, not by what the machine answered. */
const EXPECTED: Readonly<Record<string, readonly (readonly [written: string, said: string])[]>> = {
  'decimals and shares': [
    ['3,5 %', 'ba phẩy năm phần trăm'],
    ['0,75 ha', 'không phẩy bảy mươi lăm héc-ta'],
    ['tỷ lệ % hộ nghèo', 'tỷ lệ phần trăm hộ nghèo'],
    ['10-15%', 'mười đến mười lăm phần trăm'],
    ['99/99 xã', 'chín mươi chín trên chín mươi chín xã'],
    ['trực 24/24 giờ', 'trực hai mươi tư trên hai mươi tư giờ'],
    ['mục 2.1 của quy chế', 'mục hai chấm một của quy chế'],
    ['5 - 7 ngày', 'năm đến bảy ngày'],
    ['05 xã', 'năm xã'],
    ['> 18 tuổi', 'trên mười tám tuổi'],
    ['≥ 60 tuổi', 'từ sáu mươi tuổi'],
    ['~ 500 người', 'khoảng năm trăm người'],
  ],
  money: [
    ['1.500.000 đồng', 'một triệu năm trăm nghìn đồng'],
    ['500.000đ', 'năm trăm nghìn đồng'],
    ['50.000 VNĐ', 'năm mươi nghìn đồng'],
    ['2,5 tỷ đồng', 'hai phẩy năm tỷ đồng'],
    ['20.000 đồng/kg', 'hai mươi nghìn đồng một ki-lô-gam'],
    ['3 triệu đồng/tháng', 'ba triệu đồng một tháng'],
    ['phạt 4-6 triệu đồng', 'phạt bốn đến sáu triệu đồng'],
    ['300 USD', 'ba trăm đô la Mỹ'],
  ],
  'numbers to call': [
    ['Gọi 113 hoặc 115', 'Gọi một một ba hoặc một một năm'],
    ['tổng đài 111', 'tổng đài một một một'],
    ['ĐT: 0912 345 678', 'điện thoại: không chín một hai, ba bốn năm, sáu bảy tám'],
    ['1800 1567', 'một tám không không, một năm sáu bảy'],
    ['số tài khoản 190368123456', 'số tài khoản một chín không ba sáu tám một hai ba bốn năm sáu'],
  ],
  'days and months': [
    ['30/7', 'ngày ba mươi tháng bảy'],
    ['02/9/2026', 'ngày hai tháng chín năm hai nghìn không trăm hai mươi sáu'],
    ['từ ngày 01/7 đến hết ngày 30/9', 'từ ngày một tháng bảy đến hết ngày ba mươi tháng chín'],
    ['từ 15/8 tới 20/8', 'từ ngày mười lăm tháng tám tới ngày hai mươi tháng tám'],
    ['sáng thứ 2, ngày 3/8', 'sáng thứ hai, ngày ba tháng tám'],
    ['thứ 4 hằng tuần', 'thứ tư hằng tuần'],
    ['lần thứ 1', 'lần thứ nhất'],
    ['Từ 01/7-15/7', 'Từ ngày một tháng bảy đến ngày mười lăm tháng bảy'],
    ['năm học 2025-2026', 'năm học hai nghìn không trăm hai mươi lăm đến hai nghìn không trăm hai mươi sáu'],
    ['tháng 4', 'tháng tư'],
    ['quý III/2026', 'quý ba năm hai nghìn không trăm hai mươi sáu'],
    ['mùng 5 Tết', 'mùng năm Tết'],
  ],
  hours: [
    ['05:30', 'năm giờ ba mươi'],
    ['16h30', 'mười sáu giờ ba mươi'],
    ['7g15', 'bảy giờ mười lăm'],
    ['7h', 'bảy giờ'],
    ['7h05', 'bảy giờ năm phút'],
    ['từ 7h30-9h', 'từ bảy giờ ba mươi đến chín giờ'],
    ['7-9h sáng', 'bảy giờ đến chín giờ sáng'],
    ['07:00 - 08:30', 'bảy giờ đến tám giờ ba mươi'],
    ['19 giờ 45 phút', 'mười chín giờ bốn mươi lăm phút'],
    ['500 g muối', 'năm trăm gam muối'],
  ],
  'numbers of documents': [
    [
      'Nghị định 162/2025/NĐ-CP',
      'Nghị định số một trăm sáu mươi hai năm hai nghìn không trăm hai mươi lăm của Chính phủ',
    ],
    [
      'theo Nghị định số 162/2025/NĐ-CP',
      'theo Nghị định số một trăm sáu mươi hai năm hai nghìn không trăm hai mươi lăm của Chính phủ',
    ],
    ['39/2020/TT-BTTTT', 'Thông tư số ba mươi chín năm hai nghìn không trăm hai mươi của Bộ Thông tin và Truyền thông'],
    ['Kế hoạch 45/KH-UBND', 'Kế hoạch số bốn mươi lăm của Ủy ban nhân dân'],
    ['1245/UBND-VX', 'Công văn số một nghìn hai trăm bốn mươi lăm của Ủy ban nhân dân, V X'],
    ['21-CT/TW', 'Chỉ thị số hai mươi mốt của Trung ương'],
    ['Số 07-NQ/ĐU', 'Số bảy của Đảng ủy'],
    ['05/2022/TTLT-BYT-BCA', 'Thông tư liên tịch số năm năm hai nghìn không trăm hai mươi hai của Bộ Y tế, Bộ Công an'],
  ],
  units: [
    ['13.256 km2', 'mười ba nghìn hai trăm năm mươi sáu ki-lô-mét vuông'],
    ['120 người/km2', 'một trăm hai mươi người trên ki-lô-mét vuông'],
    ['50m2', 'năm mươi mét vuông'],
    ['không quá 60 km/h', 'không quá sáu mươi ki-lô-mét trên giờ'],
    ['-5 °C', 'âm năm độ C'],
    ['38,5°C', 'ba mươi tám phẩy năm độ C'],
    ['2 lần/ngày', 'hai lần một ngày'],
    ['250 ml', 'hai trăm năm mươi mi-li-lít'],
  ],
  'Roman numbers': [
    ['Chương III', 'Chương ba'],
    ['Đại hội XIV', 'Đại hội mười bốn'],
    ['Quốc hội khóa XV', 'Quốc hội khóa mười lăm'],
    ['kỳ họp lần thứ IX', 'kỳ họp lần thứ chín'],
    ['xã khu vực III', 'xã khu vực ba'],
    ['bằng lái hạng C', 'bằng lái hạng C'],
    ['viêm gan loại C', 'viêm gan loại C'],
    ['vitamin C', 'vitamin C'],
  ],
  'abbreviations and names': [
    ['UBND xã, HĐND tỉnh', 'Ủy ban nhân dân xã, Hội đồng nhân dân tỉnh'],
    ['Đồn BĐBP', 'Đồn Bộ đội Biên phòng'],
    ['Trường THCS và THPT', 'Trường trung học cơ sở và trung học phổ thông'],
    ['Trường TH&THCS', 'Trường tiểu học và trung học cơ sở'],
    ['Sở TT&TT', 'Sở Thông tin và Truyền thông'],
    ['Sở GD&ĐT', 'Sở Giáo dục và Đào tạo'],
    ['Sở NN&MT', 'Sở Nông nghiệp và Môi trường'],
    ['Sở LĐ-TB&XH', 'Sở Lao động, Thương binh và Xã hội'],
    ['Bộ VHTTDL', 'Bộ Văn hóa, Thể thao và Du lịch'],
    ['Bộ GDĐT', 'Bộ Giáo dục và Đào tạo'],
    ['Bộ KH&CN', 'Bộ Khoa học và Công nghệ'],
    ['TP Lào Cai', 'thành phố Lào Cai'],
    ['TP.HCM', 'Thành phố Hồ Chí Minh'],
    ['số 5, P. Cam Đường, TP. Lào Cai', 'số năm, phường Cam Đường, thành phố Lào Cai'],
    ['Q.1', 'quận một'],
    ['tại Q. Ba Đình', 'tại quận Ba Đình'],
    ['Chị P. kể lại', 'Chị P. kể lại'],
    ['gặp chị P. Năm ấy chị lấy chồng', 'gặp chị P. Năm ấy chị lấy chồng'],
    ['phòng, chống HIV/AIDS', 'phòng, chống hát i vê ết'],
    ['dịch COVID-19', 'dịch cô vít mười chín'],
    ['cúm A/H5N1', 'cúm A, H năm N một'],
    ['quốc lộ QL4D', 'quốc lộ QL bốn D'],
    ['anh/chị', 'anh, chị'],
    ['phát triển KT-XH', 'phát triển kinh tế, xã hội'],
  ],
}

for (const [about, pairs] of Object.entries(EXPECTED)) {
  describe(about, () => {
    test.each(pairs)('%s', (written, said) => {
      expect(spokenForm(written)).toBe(said)
      expect(spokenForm(said), 'said twice').toBe(said)
    })
  })
}
