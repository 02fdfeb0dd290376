import { phrases } from './words.ts'

/** Words that begin the name of one body whatever follows. */
export const BODY_HEADS = phrases(`
uỷ ban nhân dân, ubnd, ub nhân dân, hội đồng nhân dân, hđnd, thường trực hđnd
uỷ ban mặt trận tổ quốc, uỷ ban mttq, ubmttq, ubmttqvn, ub mttq, mặt trận tổ quốc, mttq, mặt trận, uỷ ban trung ương mặt trận tổ quốc
ban thường trực uỷ ban mttq, ban thường trực uỷ ban mặt trận tổ quốc
uỷ ban bầu cử, ban bầu cử, tổ bầu cử, uỷ ban kiểm tra, uỷ ban dân tộc, uỷ ban an toàn giao thông quốc gia
ban tuyên giáo, ban dân vận, ban tổ chức, ban nội chính, ban dân tộc, ban quản lý, ban chỉ đạo, ban chỉ huy, bcđ, ban công tác mặt trận, ban giám hiệu, ban nhân dân
ban an toàn giao thông, ban atgt, ban công an, ban thường vụ, ban chấp hành, ban tuyên giáo và dân vận, ban văn hoá - xã hội, ban chqs, ban giám đốc, ban cán sự
bộ chỉ huy, bộ chqs, bộ tư lệnh, bộ đội biên phòng, bch quân sự, đồn biên phòng, các đồn biên phòng, công an, lực lượng, cảnh sát
văn phòng, vp ubnd, vp hđnd, trung tâm, đài, báo và phát thanh, báo và đài, thông tấn xã, trạm y tế, trạm truyền thanh, trạm khuyến nông, bệnh viện, trường học, nhà trường
chi cục, tổng cục, viện kiểm sát, toà án, kho bạc, ngân hàng, bảo hiểm xã hội, bhxh, thanh tra tỉnh, thanh tra huyện, thanh tra nhà nước, thanh tra sở, thanh tra chính phủ
đoàn thanh niên, đoàn tncs, đoàn tn, tỉnh đoàn, thành đoàn, huyện đoàn, đoàn xã, liên đoàn lao động, công đoàn, liên minh hợp tác xã, liên hiệp các hội, liên hiệp hội, hội đồng đội, hội đồng phối hợp phổ biến
hội liên hiệp phụ nữ, hội lhpn, hội phụ nữ, hội nông dân, hội cựu chiến binh, hội ccb, hội chữ thập đỏ, hội người cao tuổi, hội khuyến học, hội nhà báo, hội luật gia
đội tuyên truyền, đội thông tin lưu động, đội quản lý, đội kiểm tra, đội trật tự, đội truyền thông, đội chiếu phim, đoàn kiểm tra, tổ kiểm tra, tổ công tác, tổ truyền thông, tổ dân phố, tổ giúp việc, tổ tuyên truyền, tổ công nghệ số cộng đồng, đoàn nghệ thuật
bưu điện, điện lực, viễn thông, hạt kiểm lâm, cổng thông tin, trang thông tin điện tử, ban biên tập, nhà văn hoá, thư viện, bảo tàng
hệ thống đài truyền thanh, hệ thống truyền thanh, phóng viên thường trú, phóng viên, cộng tác viên, nhân viên y tế thôn, y tế thôn, đảng uỷ, huyện uỷ, tỉnh uỷ, thành uỷ, quận uỷ, thị uỷ, cấp uỷ, chi uỷ, chi bộ, đảng bộ
công chức, trưởng thôn, trưởng bản, trưởng ấp, trưởng khu, trưởng trạm, trưởng công an, trưởng các, trưởng ban, trưởng phòng, tổ trưởng, bí thư, giám đốc, chủ tịch, phó chủ tịch, thủ trưởng, người đứng đầu, chánh văn phòng, chánh thanh tra, bộ trưởng, hiệu trưởng, chỉ huy trưởng, tổng giám đốc, tổng biên tập, thường trực
đoàn thể, ban ngành, sở ngành, tổ chức chính trị - xã hội, cơ quan báo chí, hộ gia đình, nhà mạng, doanh nghiệp viễn thông, mạng xã hội
đại sứ quán, cơ quan thường trực, cơ quan thông tin đại chúng, các đồng chí, đồng chí, phòng giao dịch, hợp tác xã`)

/** Words that begin a name only where a name follows: a capital or a field of government. */
export const SHORT_HEADS = phrases(
  'sở, ngành, bộ, ban, phòng, hội, báo, tạp chí, cục, vụ, viện, đội, đoàn, tổ, trường, chi nhánh, công ty, tập đoàn, tổng công ty, cán bộ, uỷ ban, liên đoàn, thanh tra, trạm, nhà xuất bản, cơ quan, đồn, học viện, hạt, chi hội',
)

/** What departments are for: continues a name over a comma, and makes a name of a short head in small letters. */
export const FIELDS = phrases(`
y tế, tài chính, nội vụ, tư pháp, công thương, xây dựng, ngoại vụ, ngoại giao, giáo dục, đào tạo, lao động, thương binh, xã hội, thương binh, nông nghiệp, môi trường, phát triển nông thôn, ptnt, tài nguyên, khoa học, công nghệ
kế hoạch, đầu tư, văn hoá, thể thao, du lịch, gia đình, thông tin, truyền thông, giao thông, vận tải, quốc phòng, dân tộc, tôn giáo, kinh tế, hạ tầng, đô thị, vh, tt, tttt, tt & tt, gd & đt, gdđt, lđtbxh, vhtt, vhttdl, dân vận, thanh niên
phát thanh, truyền hình, truyền thanh, tỉnh, đảng, địa phương, trung ương, thị xã, thành phố, phường, thị trấn, đặc khu, xã, huyện, quận, bản, ấp, khu phố, tổ dân phố, buôn, làng, thôn, khu dân cư, khối, hành chính, quản trị, dân số, địa chính, thống kê, hộ tịch`)

/** Names of a class that go without `các`. */
export const CLASS_HEADS = phrases(
  'cấp uỷ, đoàn thể, ban ngành, sở ngành, cơ quan báo chí, hộ gia đình, nhà mạng, doanh nghiệp viễn thông, cộng tác viên, tổ chức chính trị - xã hội',
)

/** Fields that follow a comma inside one name (`Sở Văn hóa, Thể thao và Du lịch`). */
export const COMMA_FIELDS = phrases(
  'thể thao, du lịch, gia đình, thông tin, khoa học, dân số, thể dục, lâm nghiệp, thương binh, truyền thông, xã hội, thiếu niên, nhi đồng, kế hoạch, hạ tầng',
)

/** Kinds of place that follow a comma after `UBND các huyện`. */
export const PLACE_KINDS = phrases(
  'tỉnh, thành phố, thị xã, huyện, quận, phường, xã, thị trấn, đặc khu, thôn, bản, ấp, tổ dân phố, khu phố, buôn, làng, khu dân cư, tp, tx, tt',
)

/** Nouns of a class of bodies, after `các` or carried on after a comma in such a class. */
export const CLASS_NOUNS = phrases(`
sở, ban, ngành, phòng, bộ, huyện uỷ, thành uỷ, thị uỷ, quận uỷ, cơ quan, đơn vị, địa phương, đoàn thể, tổ chức, hội, trường, doanh nghiệp, cấp uỷ, cấp, cấp hội, cấp bộ đoàn, đài, trung tâm, trạm, báo, chi bộ, chi hội, lực lượng, hộ gia đình, hộ dân, hộ, gia đình, cá nhân
thủ trưởng, thành viên, công ty, nhà mạng, xã, phường, thị trấn, huyện, quận, thị xã, thành phố, tỉnh, thôn, bản, ấp, khu phố, tổ dân phố, khu dân cư, khu, khối, buôn, làng, tổ, chi cục, vụ, cục, viện, uỷ ban nhân dân, ubnd, đồng chí, đảng uỷ, tổ chức đảng, chi đảng bộ, đảng bộ, ban đảng
ban ngành, sở ngành, cộng đồng, cơ sở, nhà trường, đội, cơ quan quản lý, cơ quan điều tra, cơ quan báo chí, bệnh viện, hiệp hội, chính quyền, cơ sở giáo dục, mặt trận, chủ đầu tư, ban quản lý, trạm y tế, tổ bầu cử, ban bầu cử, chủ tịch, giám đốc, phương tiện thông tin đại chúng, đồn, hợp tác xã, văn phòng, chức sắc, tổ trưởng, trưởng thôn`)

/** Words that tell that the sentence goes on to say what is to be done; only in small letters. */
export const PREDICATES = phrases(`
có trách nhiệm, các nội dung, các nhiệm vụ, các công việc, các biện pháp, các giải pháp, các hoạt động, một số, những nội dung, những nhiệm vụ, những việc, chịu trách nhiệm, có nhiệm vụ, có kế hoạch, căn cứ, trên cơ sở, theo chức năng, theo nhiệm vụ, theo thẩm quyền, theo dõi, theo phân công, theo sự, theo quy định, trong phạm vi, trong quá trình, bằng, tuỳ, với chức năng, ngoài
phải, cần, sẽ, nên, không, đã, đang, được, là, để, nhằm, khi, nếu, hàng, hằng, định kỳ, trước ngày, chủ động, chủ trì, chủ yếu, phối hợp, phối, tiếp tục, tích cực, thường xuyên, kịp thời, khẩn trương, nghiêm túc, cùng với, cùng phối hợp, cùng các, đồng thời, trực tiếp, căn cứ vào, dựa, thông qua, gắn, ngay, tự kiểm tra, tự tổ chức, tự giác, nghiêm cấm, sớm, quyết liệt, nhất là
xây dựng, tổ chức, triển khai, thực hiện, chỉ đạo, lãnh đạo, hướng dẫn, đôn đốc, kiểm tra, giám sát, tăng cường, đẩy mạnh, tuyên truyền, vận động, phổ biến, cung cấp, báo cáo, tổng hợp, tham mưu, đề xuất, bố trí, cân đối, đảm bảo, bảo đảm, rà soát, lập kế hoạch, lập dự toán, lập danh sách, gửi, treo, đăng, phát động, phát huy, phát sóng, phát hành, phát hiện, phát triển
tuyên dương, biểu dương, quán triệt, nghiên cứu, quan tâm, tập trung, huy động, lồng ghép, đưa, quản lý, đổi mới, duy trì, mở, nâng cao, xử lý, ngăn chặn, phân công, giao cho, giao nhiệm vụ, giao các, chọn, chuẩn bị, niêm yết, thông báo, hoàn thành, hoàn thiện, giúp, tạo điều kiện, tạo sự, tạo không khí, tiến hành, cấp phát, thẩm định, tiếp nhận, chấn chỉnh, khai thác, sử dụng, ứng dụng, xác định, đề nghị, yêu cầu
chăm lo, thành lập, củng cố, kiện toàn, in ấn, in, làm tốt, làm đầu mối, làm cơ quan, phân tích, cử cán bộ, cử người, cử thành viên, đề cao, ban hành, tham gia, hỗ trợ, khuyến khích, dành, giữ, thu thập, biên tập, biên soạn, sản xuất, kêu gọi, nhắc nhở, bám sát, thống nhất, nắm, đánh giá, sơ kết, tổng kết, khen thưởng, cập nhật, đăng ký, đăng tải, phân bổ, cảnh báo, ký kết, ký cam kết, trang bị, tiếp sóng, chuyển tải, thể hiện, điều phối, điều tra, giải quyết, mời, chú trọng, tạm dừng, đón, thăm hỏi, trình ubnd, trình cấp, rút kinh nghiệm, nhân rộng, giới thiệu, điều hành, hưởng ứng, thu gom, giáo dục, cụ thể hoá, trích, lắp đặt, quy định, mua sắm, sắp xếp, xem xét, phát tờ, phát tài liệu, có biện pháp, có văn bản, có phương án, có hình thức, có trách, kết nối, tích hợp, góp phần, ưu tiên, đầu tư, phấn đấu, khảo sát, tập huấn, chấp hành, cấm, giám định, xuất bản, kẻ vẽ, phun, diệt, tố giác, ra quân, viết, chiếu, dán, trang trí, vệ sinh, tổng vệ sinh, trao, tặng, tri ân, ủng hộ, động viên, đóng góp, nêu gương, gương mẫu, nộp, đấu tranh, dọn, trồng, tiêm, họp, đeo, ngừng, diễn tập, cam kết, công khai, ghi hình, tiếp thu`)

/** What follows a short head where it is no body but another word (`phòng, chống`, `báo cáo`, `hội nghị`, `bộ luật`). */
export const NO_BODY = phrases(`
phòng chống, phòng ngừa, phòng tránh, phòng dịch, phòng bệnh, phòng cháy, phòng và chống, báo cáo, hội nghị, hội thi, hội thảo, hội diễn, hội chợ, hội trường, hội nhập, hội thao, bộ luật, bộ tiêu chí, bộ phận, bộ máy, ban hành, ban đêm, vụ việc, vụ án, viện trợ, sở hữu, tổ chức, trường hợp, đội ngũ, đoàn kết, báo động, cơ quan chủ trì, cơ quan phối hợp, cơ quan thực hiện, cơ quan tham mưu
đài tưởng niệm, báo chí, lực lượng sản xuất, công an hoá, văn phòng phẩm, trung tâm của, trung tâm là`)

/** Words that ask or order, directly before the body. */
export const ASKS = phrases(
  'đề nghị, trân trọng đề nghị, kính đề nghị, mời, trân trọng mời, kính mời, khuyến khích, trân trọng kính đề nghị',
)
export const ORDERS = phrases(
  'giao, giao cho, giao nhiệm vụ cho, yêu cầu, phân công, uỷ quyền cho, trong đó giao, giao nhiệm vụ, phân công cho',
)
