/** Family names of Vietnam's peoples, as they begin a full name. Small on purpose: what is rare is caught by its middle word. */
export const FAMILY_NAMES = [
  ...'Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Đoàn Trịnh Trương Mai Tô Hà Cao Lương Lưu Chu Châu Tạ Phùng Tống Quách Kiều Thái Khổng'.split(
    ' ',
  ),
  ...'Giàng Sùng Vàng Thào Hầu Hạng Má Mùa Cứ Ly Lù Lồ Thền Tráng Hờ Chảo Tẩn Phàn Tẩn Triệu Bàn Đặng Lò Lừ Quàng Cà Tòng Lường Vi Hoàng Nông Đàm Lục Vương Sầm Ma Hứa Lầu Ma Xồng Vừ Chang Ninh Pờ Lềnh Sần Cháng Sì Vùi Nùng Then Lèng Ngải Páo Seo Ma Thèn Vù Lự Lìm Sải Phù Giảng Chấu Hảng'.split(
    ' ',
  ),
]

/** Middle words that nearly always stand in a full name. */
export const MIDDLE_NAMES =
  'Thị Văn A Láo Mý Seo Hữu Đức Quang Xuân Ngọc Minh Thanh Kim Thu Hồng Phương Bích Mỹ Chỉn San Diếu Chiệp Tả'.split(
    ' ',
  )

/** Before a name that is a street, a school, a place of memory. */
export const THINGS_NAMED =
  'đường|phố|trường|trường thcs|trường thpt|trường tiểu học|thcs|thpt|tiểu học|mầm non|quảng trường|công viên|bệnh viện|hội trường|cầu|chợ|đoàn|hội|ủy ban|ubnd|tỉnh|huyện|xã|phường|thị trấn|thành phố|thôn|bản|sở|ban|phòng|đồn|luật|tạp chí|báo|đài'

/** Given names that are hardly ever anything else: they tell even when they stand alone. */
export const GIVEN_NAMES =
  'Páo Seo Mỷ Mẩy Dính Sua Chứ Dua Dở Sính Chớ Vảng Nhình Pành Ghến Súa Dí Tủa Lử Vần Xé Lả Pết Dờ Pà'.split(' ')
