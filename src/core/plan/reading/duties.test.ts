import { describe, expect, it } from 'vitest'
import { readLines, told } from './duties.builder.ts'

describe('duties by layout', () => {
  it('reads a commune plan: officers, hamlet heads, lettered and inline bodies', () => {
    const reading = readLines(`I. MỤC ĐÍCH
1. Giúp các thôn hiểu rõ cách phòng bệnh.
II. TỔ CHỨC THỰC HIỆN
1. Công chức Văn hóa - xã hội:
- Tham mưu UBND xã ban hành kế hoạch; viết tin, bài phát trên loa truyền thanh trước ngày 20/6/2024.
- Tổng hợp kết quả báo cáo Chủ tịch UBND xã.
2. Trưởng các thôn: Họp dân tuyên truyền, vận động nhân dân ký cam kết.
3. Ban công an xã: Phối hợp với các thôn kiểm tra tạm trú.
4. Trạm y tế
Chủ trì phun hóa chất diệt muỗi.
Trên đây là Kế hoạch của UBND xã, nếu có vướng mắc báo cáo về UBND xã để xem xét.`)
    expect(told(reading)).toEqual([
      'II.1 lead/ordered: Công chức Văn hóa - xã hội: Tham mưu UBND xã',
      'II.1 lead/ordered: Công chức Văn hóa - xã hội: Tổng hợp kết quả',
      'II.2 all/ordered: Trưởng các thôn: Họp dân tuyên truyền,',
      'II.3 coordinate/ordered: Ban công an xã: Phối hợp với các',
      'II.4 lead/ordered: Trạm y tế: Chủ trì phun hóa',
    ])
    expect(reading.duties[0]?.deadline).toEqual({ text: 'trước ngày 20/6/2024', from: null, to: '2024-06-20' })
    expect(reading.duties[0]?.channels).toContain('loudspeaker')
  })

  it('reads a Party plan: sentences that begin with the body, committees and organisations of each level', () => {
    const reading = readLines(`IV- TỔ CHỨC THỰC HIỆN
1- Ban Tuyên giáo Tỉnh ủy chủ trì, phối hợp với Sở Thông tin và Truyền thông hướng dẫn tuyên truyền Đại hội; định kỳ hằng quý báo cáo Ban Thường vụ Tỉnh ủy.
2- Các huyện ủy, thành ủy, đảng ủy trực thuộc Tỉnh ủy xây dựng kế hoạch, hoàn thành trước ngày 15/3/2025.
3- Mặt trận Tổ quốc và các đoàn thể chính trị - xã hội tỉnh tuyên truyền trong đoàn viên, hội viên.
4- Cấp ủy, tổ chức đảng các cấp quán triệt Kế hoạch này đến chi bộ.
5- Giao Văn phòng Tỉnh ủy theo dõi, đôn đốc.`)
    expect(told(reading)).toEqual([
      'IV.1 lead/ordered: Ban Tuyên giáo Tỉnh ủy: Ban Tuyên giáo Tỉnh',
      'IV.2 all/ordered: Các huyện ủy, thành ủy, đảng ủy trực thuộc Tỉnh ủy: Các huyện ủy, thành',
      'IV.3 lead/ordered: Mặt trận Tổ quốc | các đoàn thể chính trị - xã hội tỉnh: Mặt trận Tổ quốc',
      'IV.4 all/ordered: Cấp ủy, tổ chức đảng các cấp: Cấp ủy, tổ chức',
      'IV.5 lead/ordered: Văn phòng Tỉnh ủy: Giao Văn phòng Tỉnh',
    ])
    expect(reading.duties[0]?.rhythm).toBe('định kỳ hằng quý')
  })

  it('reads a dengue plan: letters, a body told to direct another, an asked heading', () => {
    const reading = readLines(`III. Phân công nhiệm vụ
a) Sở Y tế
- Chỉ đạo Trung tâm Kiểm soát bệnh tật tỉnh (CDC) giám sát véc tơ.
- Cung cấp số liệu cho các cơ quan báo chí.
b) Trung tâm Y tế các huyện, thành phố: Tổ chức chiến dịch diệt lăng quăng 01-02 đợt/tháng.
c) Sở Giáo dục và Đào tạo: phối hợp với Sở Y tế tuyên truyền trong trường học.
d) Đề nghị Ủy ban Mặt trận Tổ quốc tỉnh, Hội Liên hiệp Phụ nữ tỉnh, Đoàn Thanh niên
Vận động hội viên tham gia.
IV. KINH PHÍ
Kinh phí từ nguồn ngân sách nhà nước.`)
    expect(told(reading)).toEqual([
      'III.a lead/ordered: Sở Y tế: Chỉ đạo Trung tâm',
      'III.a lead/ordered: Sở Y tế: Cung cấp số liệu',
      'III.b all/ordered: Trung tâm Y tế các huyện, thành phố: Tổ chức chiến dịch',
      'III.c coordinate/ordered: Sở Giáo dục và Đào tạo: phối hợp với Sở',
      'III.d lead/asked: Ủy ban Mặt trận Tổ quốc tỉnh | Hội Liên hiệp Phụ nữ tỉnh | Đoàn Thanh niên: Vận động hội viên',
    ])
    expect(reading.duties[0]?.directs.map((one) => one.name)).toEqual(['Trung tâm Kiểm soát bệnh tật tỉnh (CDC)'])
    expect(reading.targets.map((one) => [one.value, one.valueTo, one.unit])).toEqual([[1, 2, 'đợt/tháng']])
  })

  it('reads an election plan: one bullet per body', () => {
    const reading = readLines(`III. TỔ CHỨC THỰC HIỆN
- Sở Nội vụ: chủ trì hướng dẫn nghiệp vụ bầu cử cho các tổ bầu cử.
- Đài Phát thanh - Truyền hình tỉnh, Báo tỉnh: mở chuyên trang, chuyên mục về bầu cử; thời lượng 02 tin/tuần.
- Đề nghị Ủy ban bầu cử tỉnh chỉ đạo các Ban bầu cử niêm yết danh sách.
- Công an tỉnh, Bộ Chỉ huy Quân sự tỉnh, Bộ Chỉ huy Bộ đội Biên phòng tỉnh có trách nhiệm bảo đảm an ninh trật tự ngày bầu cử.`)
    expect(told(reading)).toEqual([
      'III lead/ordered: Sở Nội vụ: chủ trì hướng dẫn',
      'III lead/ordered: Đài Phát thanh - Truyền hình tỉnh | Báo tỉnh: mở chuyên trang, chuyên',
      'III lead/asked: Ủy ban bầu cử tỉnh: Đề nghị Ủy ban',
      'III lead/ordered: Công an tỉnh | Bộ Chỉ huy Quân sự tỉnh | Bộ Chỉ huy Bộ đội Biên phòng tỉnh: Công an tỉnh, Bộ',
    ])
  })

  it('reads a ward plan since July 2025', () => {
    const reading = readLines(`III. TỔ CHỨC THỰC HIỆN
1. Phòng Văn hóa - Xã hội
1.1. Chủ trì, phối hợp với Văn phòng HĐND và UBND phường tham mưu kế hoạch.
1.2. Hằng tháng tổng hợp báo cáo UBND phường.
2. Trung tâm Phục vụ hành chính công phường: Niêm yết thông tin tại bảng tin.
3. Các tổ dân phố
Vận động nhân dân treo cờ.
4. Các cơ quan, đơn vị, trường học trên địa bàn phường căn cứ nội dung Kế hoạch, xây dựng chương trình thực hiện.
5. Giao Phòng Kinh tế, Hạ tầng và Đô thị chủ trì bố trí kinh phí.`)
    expect(told(reading)).toEqual([
      'III.1.1 lead/ordered: Phòng Văn hóa - Xã hội: Chủ trì, phối hợp',
      'III.1.2 lead/ordered: Phòng Văn hóa - Xã hội: Hằng tháng tổng hợp',
      'III.2 lead/ordered: Trung tâm Phục vụ hành chính công phường: Niêm yết thông tin',
      'III.3 all/ordered: Các tổ dân phố: Vận động nhân dân',
      'III.4 all/ordered: Các cơ quan, đơn vị, trường học trên địa bàn phường: Các cơ quan, đơn',
      'III.5 lead/ordered: Phòng Kinh tế, Hạ tầng và Đô thị: Giao Phòng Kinh tế,',
    ])
  })
})
