import { describe, expect, it } from 'vitest'
import { readLines, told } from './duties.builder.ts'

describe('duties laid by labels, cells and sentences', () => {
  it('reads a traffic plan whose tasks name their bodies in labels', () => {
    const reading = readLines(`II. NHIỆM VỤ
1. Tổ chức lễ ra quân Năm an toàn giao thông
- Đơn vị chủ trì: Ban An toàn giao thông tỉnh.
- Đơn vị phối hợp: Công an tỉnh, Sở Giao thông vận tải.
- Thời gian hoàn thành: trước ngày 15/01/2024.
2. Tuyên truyền trên mạng xã hội. Đơn vị thực hiện: Sở Thông tin và Truyền thông. Thời gian thực hiện: Quý II năm 2024.`)
    expect(told(reading)).toEqual([
      'II.1 lead/ordered: Ban An toàn giao thông tỉnh: Tổ chức lễ ra',
      'II.1 coordinate/ordered: Công an tỉnh | Sở Giao thông vận tải: Tổ chức lễ ra',
      'II.2 lead/ordered: Sở Thông tin và Truyền thông: Tuyên truyền trên mạng',
    ])
    expect(reading.duties.map((duty) => duty.deadline?.to)).toEqual(['2024-01-15', '2024-01-15', '2024-06-30'])
  })

  it('reads a table flattened to pipes', () => {
    const reading = readLines(`STT | Nội dung | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian
1 | Xây dựng phóng sự truyền hình | Đài Phát thanh - Truyền hình tỉnh | Sở Y tế; Công an tỉnh | Quý II/2024
2 | In 5.000 tờ gấp | Sở Y tế | UBND các huyện, thành phố | Trước ngày 30/6/2024`)
    expect(told(reading)).toEqual([
      ' lead/ordered: Đài Phát thanh - Truyền hình tỉnh: Xây dựng phóng sự',
      ' coordinate/ordered: Sở Y tế | Công an tỉnh: Xây dựng phóng sự',
      ' lead/ordered: Sở Y tế: In 5.000 tờ gấp',
      ' coordinate/ordered: UBND các huyện, thành phố: In 5.000 tờ gấp',
    ])
  })

  it('lays what follows on the bodies that an opening sentence names, until one names others', () => {
    const reading =
      readLines(`Để chuẩn bị tốt cho ngày hội, Chủ tịch UBND huyện yêu cầu Thủ trưởng các phòng, ban, ngành; Chủ tịch UBND các xã, thị trấn thực hiện tốt một số nội dung sau:
1. Tổ chức tuyên truyền lưu động tại các chợ phiên.
2. Phòng Văn hóa và Thông tin chủ trì trang trí khánh tiết.
3. Treo cờ, băng rôn từ ngày 25/8/2024 đến hết ngày 05/9/2024.`)
    expect(told(reading)).toEqual([
      '1 all/ordered: Thủ trưởng các phòng, ban, ngành | Chủ tịch UBND các xã, thị trấn: Tổ chức tuyên truyền',
      '2 lead/ordered: Phòng Văn hóa và Thông tin: Phòng Văn hóa và',
      '3 all/ordered: Thủ trưởng các phòng, ban, ngành | Chủ tịch UBND các xã, thị trấn: Treo cờ, băng rôn',
    ])
    expect(reading.duties[2]?.deadline).toMatchObject({ from: '2024-08-25', to: '2024-09-05' })
  })

  it('splits a duty only where its deadlines differ, and takes bodies from brackets', () => {
    const reading = readLines(`II. NỘI DUNG
1. Thành lập tổ giúp việc của chiến dịch (Giao Sở Y tế tham mưu).
III. TỔ CHỨC THỰC HIỆN
1. Các sở, ngành; UBND các huyện căn cứ nhiệm vụ chỉ đạo: lập kế hoạch gửi Sở Y tế trước ngày 05/3/2024; gửi báo cáo trước ngày 10/12/2024.
2. Các sở, ngành có trách nhiệm: Quán triệt kế hoạch; cử cán bộ tham gia.`)
    expect(told(reading)).toEqual([
      'II.1 lead/ordered: Sở Y tế: Thành lập tổ giúp',
      'III.1 all/ordered: Các sở, ngành | UBND các huyện: lập kế hoạch gửi',
      'III.1 all/ordered: Các sở, ngành | UBND các huyện: gửi báo cáo trước',
      'III.2 all/ordered: Các sở, ngành: Các sở, ngành có',
    ])
  })
})
