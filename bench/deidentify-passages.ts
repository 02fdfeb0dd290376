/** A passage of our own writing and whether it tells who a victim is. People and numbers in it are nobody's. */
export interface Passage {
  readonly text: string
  readonly tells: boolean
}

const telling = (lines: string): Passage[] => listed(lines, true)
const innocent = (lines: string): Passage[] => listed(lines, false)

function listed(lines: string, tells: boolean): Passage[] {
  return lines
    .trim()
    .split('\n')
    .map((text) => ({ text: text.trim(), tells }))
}

/** Looked at while the checks were written. */
export const DEVELOPMENT: readonly Passage[] = [
  ...telling(`
    Chị Sùng Thị Mỷ kể lại đêm bị đưa qua sông.
    Giàng A Páo bị bán sang một mỏ đá từ năm ngoái.
    Em N.T.H. được công an đưa về hôm thứ Ba.
    Cháu Mỷ mới đi học lại được hai tháng.
    NGUYỄN THỊ HOA ĐÃ VỀ NHÀ AN TOÀN
    Liên hệ gia đình theo số 0912 345 678.
    Số máy của chị là 0988.123.456, gọi buổi tối.
    Gọi cho mẹ em: không chín tám tám một hai ba bốn năm sáu.
    CCCD của nạn nhân là 010123456789.
    Chứng minh nhân dân 063123456 cấp tại tỉnh cũ.
    Nhà em ở thôn Séo Trung Hồ, cạnh suối.
    Chị sống ở số nhà 12 ngõ 5 gần chợ.
    Xe đón em mang biển số 24B1-123.45.
    Em sinh năm 2009, là con thứ ba.
    Em là học sinh lớp 9A khi bị rủ đi.
    Cô gái người Mông 16 tuổi ở xã Bản Hồ bị lừa hồi tháng Ba.
    Người phụ nữ Dao 34 tuổi, quê xã Nậm Chày, mất tích từ ngày 12/3.
    Facebook tên Mỷ Sùng vẫn còn ảnh của chị.
    Zalo 0912345678 là của người rủ em đi.
    Thư gửi tới mysung2005@gmail.com không có ai trả lời.
    Tài khoản nhận tiền là 1234567890 tại một ngân hàng.
    Anh Tẩn Láo Lở đi làm xa rồi bị giữ hộ chiếu.
    Hộ chiếu số B1234567 bị kẻ xấu thu mất.
    Vàng Thị Dính, người cùng bản, đi với em.
    Ông Lù Văn Sáng là bố của em.
    Chị H. làm công nhân công ty May Sao Mai trước khi bị lừa.
    Em là con gái trưởng thôn, ai cũng biết.
    Chồng chị là Thào A Tủa, đã báo công an.
    Bé S.T.D. mới 12 tuổi.
    Nạn nhân tên Lò Thị Pành đã được hỗ trợ tâm lý.
    Má A Sử nhớ như in ngày ấy.
    Chị Mẩy ở tổ 5 vẫn còn sợ.
    Nạn nhân Hạng Thị Sinh nói: tôi chỉ muốn về nhà.
    Cô Phàn Mùi Ghến được đón ở cửa khẩu.
    Nick TikTok @mygirl2007 bị kẻ xấu theo dõi.
    Địa chỉ: ngõ 17, đường Hoàng Liên, nhà số 8.
    Sinh ngày 05/4/2008 tại trạm y tế xã.
    Gia đình ở bản Phìn Hồ, nhà có mái tôn xanh.
    Chị Chảo Lở Mẩy, 28 tuổi, kể với phóng viên.
    Em Thền A Dìn bỏ học theo bạn.
    Nữ sinh Lồ Thị Vân bị dụ qua mạng.
    Hoàng Văn Thành, lái xe, cũng bị giữ lại.
    Anh Trần Quốc Tuấn bị ép gọi điện lừa người khác.
    Mẹ của Páo khóc suốt ba tháng.
    Gọi 0346 789 012 để hỏi thăm em.
    Ngày 20/5, thiếu nữ Hà Nhì 15 tuổi ở xã Y Tý biến mất.
    Người đàn ông Giáy 41 tuổi ở xã Quang Kim trở về ngày 3/6.
    Hai chị em Vàng Thị Sua và Vàng Thị Chu cùng đi.
    Vợ anh là Bàn Thị Pham, người xã bên.
    Người bị bán tên là Lý Tả Mẩy.
    Cậu bé Cứ Seo Lử được tìm thấy ở chợ.
    Chị kể với điều kiện giấu tên, nhưng ảnh ghi: Sầm Thị Hiền, 2019.
    Lớp 8B vắng em từ tuần trước.
    Số báo danh của nạn nhân là 012345678901.
    Nạn nhân ở thôn Nậm Lúc, sinh năm 1999.
    Em Ly Thị Xé học lớp 10A2.
    Chị Tòng Thị Lả được trao sinh kế là một con bò.
    Gặp Seo ở nhà, em không nói gì.
    Má Thị Dở và con nhỏ đang ở nhà tạm lánh số 3 tổ 7.
    STK 0011 0042 3456 789 của mẹ em.
    Tìm người thân: Quàng Văn Pốm, vắng nhà từ Tết.
    Người cha, ông Thào Seo Chu, đi tìm con khắp nơi.
    Cháu gái của bà Lù Thị Nhình được giải cứu.
    Cô ấy làm ở quán karaoke Ánh Trăng khi bị bắt ép.
    Điện thoại liên lạc: +84 912 345 678.
    Em là người Phù Lá, 17 tuổi, nhà ở xã Nậm Khánh.
    Chị làm việc tại nhà hàng Hương Rừng trong hai năm.
    Anh trai em là Sùng Seo Vảng.
    Biển xe 24A-045.67 chở các em đi.
    Hảng Thị Máy, nhà giữa bản Tả Van, đã lấy chồng lại.
  `),
  ...innocent(`
    Mai kể: tôi bị lừa đi xa rồi được giúp về.
    Hãy gọi 111 hoặc 0692449137 khi nghi ngờ.
    Trẻ em từ 7 tuổi trở lên cần được hỏi ý kiến.
    Buổi nói chuyện diễn ra trên đường Trần Hưng Đạo.
    Đồng chí Nguyễn Văn Minh, Phó Giám đốc Công an tỉnh, phát biểu.
    Ủy ban nhân dân xã Bản Hồ mở lớp cho phụ nữ.
    Luật số 53/2024/QH15 có hiệu lực từ ngày 01/7/2025.
    Chị kể mình từng tin một người quen qua mạng.
    Em được đưa về và được hỗ trợ tâm lý.
    Người phụ nữ ấy nay trồng rau và nuôi gà.
    Tên nhân vật đã được thay đổi.
    Kẻ xấu hứa việc nhẹ, lương cao ở nước ngoài.
    Các xã, phường treo băng rôn tại chợ.
    Có 2.155 hộ ký cam kết.
    Đại tá, Giám đốc Công an tỉnh khen các tổ tự quản.
    Thủ tướng Chính phủ ban hành Quyết định số 33/QĐ-TTg.
    Nhóm từ 16 đến 30 tuổi hay bị nhắm tới.
    Trường THCS Lê Văn Tám tổ chức diễn đàn.
    Phiên chợ có nhiều người Mông, người Dao đến nghe.
    Một nạn nhân trở về đã mở quán nhỏ.
    Bộ đội Biên phòng tuần tra dọc biên giới 182 km.
    Sở Y tế và Hội Liên hiệp Phụ nữ phối hợp.
    Ngày 30/7 là Ngày toàn dân phòng, chống mua bán người.
    Tôi nhớ mẹ và nhớ tiếng gà gáy.
    Nếu thấy người lạ rủ đi, hãy hỏi trưởng thôn.
    Đài truyền thanh đọc tin lúc 5 giờ 30.
    Mai không còn sợ tiếng xe máy nữa.
    Công an khuyên không đưa giấy tờ cho người lạ.
    Chương trình giai đoạn 2026 - 2030 có chín mục tiêu.
    Trung tá Lê Thị Hà, cán bộ phòng Cảnh sát hình sự, hướng dẫn.
    Cô từng bị giữ điện thoại và không được ra ngoài.
    Người bị hại được miễn phí khám sức khỏe.
    Bà Trần Thị Lan, Chủ tịch Hội Liên hiệp Phụ nữ tỉnh, trao quà.
    Ở Campuchia, nhiều người bị ép lừa đảo qua mạng.
    Chuyến xe khởi hành từ Hà Nội lúc nửa đêm.
    Xin đừng đăng ảnh người trở về lên mạng.
    Tổng đài nhận 2.826 cuộc gọi trong năm.
    Em muốn học nghề may.
    Nhà văn hóa mở cửa từ 7h đến 17h.
    Ban Chỉ đạo họp mỗi quý một lần.
  `),
  // Held out at first; since the checks were mended after they were seen, they count as development.
  ...telling(`
    Chị Lầu Thị Dí kể chuyện qua lời phiên dịch.
    Anh Phùng Văn Đông bị giữ ở một khu nhà cao tầng.
    Em Giàng Thị Pà mới mười bốn tuổi.
    Người nhà chị Triệu Mùi Pham gọi điện cầu cứu.
    Liên lạc qua số 0377.456.123 gặp chú của em.
    Nạn nhân V.T.L. trú tại thôn Bản Pho.
    Cháu Sùng A Chớ được bộ đội biên phòng giao lại cho gia đình.
    Nhà của chị ở số 45 ngách 3.
    Em Dờ bỏ nhà đi lúc trời chưa sáng.
    Chị sinh năm 1996, có hai con.
    Cô gái Dao 19 tuổi quê xã Phìn Ngan kể lại.
    Ngày 15/8, một phụ nữ Mông ở xã Tả Phời tìm về.
    Lý A Sài và vợ cùng bị lừa.
    Giấy tờ ghi số 024188001234.
    Chồng cũ của chị là Nông Văn Quyết.
    Em từng học lớp 11C ở trường huyện.
    Facebook: hoa.rung.99 là trang của em.
    Chị làm nhân viên tiệm Spa Hồng Ngọc.
    Tráng Thị Lan, người đầu tiên dám tố cáo, nay đã lập gia đình.
    Mẹ em, bà Vi Thị Ón, chờ ở đầu bản.
    Gửi thư về hộp thư pao.giang@yahoo.com để gặp anh.
    Đội 4, bản Nậm Tông là nơi em lớn lên.
    Cậu thanh niên Vừ Mí Say bị bán hai lần.
    Người mất tích: Đặng Thị Sểnh, da ngăm, tóc dài.
    Chiếc xe 29C-112.45 đón chị ở ngã ba.
    Em S. là người La Chí, 16 tuổi, ở xã Nậm Sín.
    Chị Pờ Lò Mỷ được nhận làm ở hợp tác xã.
    Bé gái tên Nhình không nhớ đường về.
    Vợ chồng anh Cà Văn Inh vay tiền chuộc con.
    Số điện thoại cũ của em là 0 9 6 1 2 3 4 5 6 7.
    Đó là chị Hờ Thị Súa, trước ở tổ 2.
    Nam thanh niên tên Khoàng A Lềnh trốn được qua rừng.
    Chị Ngải Seo Mỷ chỉ tay về phía sông.
    Chảo Vần Phin ba lần định bỏ trốn.
    Sinh ngày 2 tháng 9 ở trạm xá, em tên là Độc Lập.
    Cháu nội ông trưởng bản Sín Chải đã về nhà.
    Anh Bế Văn Khoa, quê gốc Cao Bằng, ở trọ phòng 203.
    Con gái của thầy giáo Hòa bị rủ đi cùng.
    Chị Then Thị Xuân đã đồng ý cho kể, nhưng xin giấu mặt.
    Thiếu nữ tên May Ly biết ba thứ tiếng.
  `),
  ...innocent(`
    Một cô gái trẻ kể rằng mình đã tin lời bạn trai quen qua mạng.
    Sau khi trở về, chị được học nghề và vay vốn.
    Công an tỉnh đề nghị người dân cảnh giác.
    Ông Phạm Văn Hùng, Giám đốc Sở Y tế, cho biết tỉnh có nhà tạm lánh.
    Đường Nguyễn Huệ, thành phố Lào Cai có nhiều áp phích.
    Người dưới 18 tuổi được bảo vệ đặc biệt.
    Từ ngày 01/7 đến ngày 30/9 là đợt cao điểm.
    Bản tin dài 1 phút 42 giây.
    Gọi 111 miễn phí, ngày đêm.
    Các thôn, bản vùng cao nghe tin bằng tiếng Mông.
    Hội Nông dân xã Si Ma Cai ký cam kết với 320 hộ.
    Mai nói: đừng đi một mình.
    Tôi không biết mình đang ở đâu, chỉ thấy núi.
    Chín mục tiêu của chương trình đều có số liệu.
    Trạm y tế, trường học và đồn biên phòng cùng làm.
    Người trở về có quyền giữ bí mật.
    Chợ phiên họp sáng Chủ nhật.
    Nhiều nam giới cũng bị lừa đi đánh cá, làm mỏ.
    Không ai có quyền bán một con người.
    Thượng tá Vũ Đức Long, Trưởng phòng Cảnh sát hình sự, trả lời bạn đọc.
    Tuyên truyền viên đến từng nhà.
    Có khi kẻ lừa là người quen, họ hàng.
    Em ước được đi học lại.
    Quyết định số 793/QĐ-TTg chọn ngày 30/7.
    Xã đã có 36 cụm loa, 35 cụm nghe rõ.
    Người lao động nên giữ bản sao hộ chiếu.
    Chị mất sáu tháng mới kể được chuyện này.
    Hãy hỏi Ủy ban nhân dân xã về công ty tuyển người.
    Trẻ em gái và phụ nữ vùng biên giới cần được biết.
    Câu chuyện đã thay tên, đổi nơi.
  `),
]

/** Written after the checks were finished, and not used to change them. */
export const HELD_OUT: readonly Passage[] = [
  ...telling(`
    Chị Lù Thị Chở được một người chăn trâu chỉ đường.
    Anh Hoàng Seo Dìn gọi về lúc nửa đêm.
    Em K.M. xin được giấu quê quán.
    Số của bố em: 0388 222 111.
    Ngôi nhà ở thôn Lao Chải giờ khóa cửa.
    Nạn nhân sinh năm 2011, đang học nội trú.
    Phụ nữ Tày 25 tuổi ở phường Cam Đường mất tích ngày 7/4.
    Giấy khai sinh số 024199007788 bị thất lạc.
    Người giúp em là chị Mùi Pết.
    Vàng Seo Lử, cầu thủ đội bóng bản, không về ăn Tết.
    Chị từng là nhân viên khách sạn Mây Núi.
    Em đăng bài trên facebook.com/sua.vang.2006.
    Xe tải biển 30F-556.78 chở hàng và chở người.
    Chị Đinh Thị Nụ đứng ra làm chứng.
    Cháu Dua ở với bà ngoại.
    Chồng chị tên Sài, làm thợ xây.
    Mẹ của Chứ bán rau ở chợ.
    Bàn Văn Tuấn, học sinh lớp 12A1, bị rủ qua mạng.
    Người Nùng, 22 tuổi, xã Mường Khương: chị là người thứ ba trở về trong tháng 5/2026.
    Địa chỉ nhận quà: số nhà 9, tổ dân phố 4.
    Thào Thị Ca và Thào Thị Vu là hai chị em ruột.
    Gửi tiền vào tài khoản 8800 2211 33445.
    Em là con nuôi của ông chủ tịch xã cũ.
    Lừ Văn Pản mười chín tuổi, chưa đi đâu xa.
    Cậu Sính lái xe ôm nhận ra em.
  `),
  ...innocent(`
    Mai mỉm cười khi nhắc tới mẹ.
    Hội thi có 12 đội tham gia.
    Đồn Biên phòng mở lớp xóa mù chữ.
    Giám đốc Sở Nội vụ yêu cầu các xã báo cáo trước ngày 15/12.
    Số lượt nghe tăng 66,2 %.
    Người bị mua bán không có lỗi.
    Chương III quy định về hỗ trợ.
    Em bé được tiêm phòng đầy đủ.
    Chị nói tiếng Kinh chưa thạo nên cần phiên dịch.
    Các bản tin phát bằng tiếng Mông, tiếng Dao và tiếng Giáy.
    Đại úy Trần Văn Nam, Đội trưởng, nhắc bà con khóa cửa.
    Từ Sa Pa xuống Lào Cai mất một giờ xe.
    Người nước ngoài hứa cưới rồi biến mất.
    Trung tâm Phục vụ hành chính công tiếp dân thứ Hai.
    Báo cáo nêu 840 trường hợp được tiếp nhận từ năm 2012.
  `),
]
