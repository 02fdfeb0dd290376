import { AlignmentType, BorderStyle, LineRuleType, type IParagraphStyleOptions, type IStylesOptions } from 'docx'

/** Twentieths of a point, in which Word measures, in a millimetre. */
export const TWIPS_PER_MM = 56.6929
export const twips = (millimetres: number) => Math.round(millimetres * TWIPS_PER_MM)

/** Margins in mm: within the ranges of decree 30/2020, annex I, part I, I.3; the same as in paper.typ. */
export const MARGINS = { top: 20, bottom: 20, left: 30, right: 15 } as const
export const TEXT_TWIPS = twips(210 - MARGINS.left - MARGINS.right)
/** Of the two columns of the head. */
export const HEAD_SHARES = [0.43, 0.57] as const
export const INDENT_TWIPS = 720

const SIX_POINTS = 120
/** For the signature and the seal, which are put in outside of Loa: 24 mm. */
const SIGNING_ROOM = 1360
/** 1.1 lines. */
const LINE = 264

interface Look {
  readonly pt: number
  readonly bold?: boolean
  readonly italics?: boolean
  readonly at?: (typeof AlignmentType)[keyof typeof AlignmentType]
  readonly before?: number
  readonly after?: number
  readonly line?: number
  readonly keepNext?: boolean
  readonly firstLine?: number
}

function style(id: string, name: string, look: Look): IParagraphStyleOptions {
  const { pt, bold = false, italics = false, at = AlignmentType.CENTER, before = 0, after = 0, line = 240 } = look
  return {
    id,
    name,
    basedOn: 'Normal',
    quickFormat: true,
    run: { size: pt * 2, bold, italics, color: '000000', font: FONT },
    paragraph: {
      alignment: at,
      spacing: { before, after, line, lineRule: LineRuleType.AUTO },
      ...(look.keepNext && { keepNext: true }),
      ...(look.firstLine === undefined ? {} : { indent: { firstLine: look.firstLine } }),
    },
  }
}

const FONT = 'Times New Roman'
const left = AlignmentType.LEFT
const text = { pt: 14, at: AlignmentType.JUSTIFIED, after: SIX_POINTS, line: LINE, firstLine: INDENT_TWIPS } as const

/** One style for each block of the decree, by its Vietnamese name: a clerk changes a style, not two hundred paragraphs. */
export const STYLES: IStylesOptions = {
  default: {
    document: {
      run: { font: FONT, size: 28, language: { value: 'vi-VN' } },
      paragraph: { spacing: { line: 240, lineRule: LineRuleType.AUTO } },
    },
    heading1: heading(AlignmentType.CENTER, 0),
    heading2: heading(AlignmentType.JUSTIFIED, INDENT_TWIPS),
    heading3: heading(AlignmentType.JUSTIFIED, INDENT_TWIPS),
  },
  paragraphStyles: [
    style('QuocHieu', 'Quốc hiệu', { pt: 12, bold: true }),
    style('TieuNgu', 'Tiêu ngữ', { pt: 13, bold: true }),
    style('CoQuanChuQuan', 'Cơ quan chủ quản', { pt: 12 }),
    style('CoQuanBanHanh', 'Cơ quan ban hành', { pt: 12, bold: true }),
    style('SoKyHieu', 'Số, ký hiệu', { pt: 13, before: 140 }),
    style('DiaDanhNgay', 'Địa danh, ngày', { pt: 13, italics: true, before: 140 }),
    style('VeViec', 'V/v của công văn', { pt: 12, before: SIX_POINTS }),
    style('DoKhan', 'Dấu chỉ', { pt: 13, bold: true }),
    style('TenLoai', 'Tên loại', { pt: 14, bold: true, before: 320, keepNext: true }),
    style('TrichYeu', 'Trích yếu', { pt: 14, bold: true, keepNext: true }),
    style('KinhGui', 'Kính gửi', { pt: 14, before: 280, after: 280 }),
    style('KinhGuiNhieu', 'Kính gửi nhiều nơi', { pt: 14, at: left, before: SIX_POINTS }),
    style('NoiDung', 'Nội dung', text),
    style('CanCu', 'Căn cứ', { ...text, italics: true }),
    style('NoiNhanDau', 'Nơi nhận', { pt: 12, bold: true, italics: true, at: left }),
    style('NoiNhan', 'Nơi nhận (liệt kê)', { pt: 11, at: left }),
    style('ChucVu', 'Quyền hạn, chức vụ', { pt: 14, bold: true }),
    style('ChucVuKhac', 'Chức vụ khác', { pt: 14, bold: true, before: SIGNING_ROOM }),
    style('HoTen', 'Họ tên người ký', { pt: 14, bold: true, before: SIGNING_ROOM }),
    style('PhuLuc', 'Phụ lục', { pt: 14, bold: true, keepNext: true }),
    style('TenPhuLuc', 'Tên phụ lục', { pt: 14, bold: true, keepNext: true }),
    style('KemTheo', 'Kèm theo văn bản', { pt: 14, italics: true, keepNext: true }),
    style('ChuThichAnh', 'Chú thích ảnh', { pt: 13, italics: true, before: 80, after: 240 }),
    style('Bang', 'Bảng', { pt: 13, at: left }),
    style('DauBang', 'Đầu bảng', { pt: 13, bold: true }),
    style('KetThuc', 'Kết thúc', { pt: 14, at: AlignmentType.RIGHT }),
    style('DiaChi', 'Địa chỉ cơ quan', { pt: 11, at: left }),
    style('SoTrang', 'Số trang', { pt: 14 }),
    style('Ke', 'Đường kẻ', { pt: 2 }),
  ],
}

function heading(at: (typeof AlignmentType)[keyof typeof AlignmentType], firstLine: number) {
  return {
    next: 'NoiDung',
    run: { size: 28, bold: true, color: '000000', font: FONT },
    paragraph: {
      alignment: at,
      spacing: { before: 0, after: SIX_POINTS, line: LINE, lineRule: LineRuleType.AUTO },
      keepNext: true,
      indent: { firstLine },
    },
  }
}

const none = { style: BorderStyle.NONE, size: 0, color: 'auto' } as const
export const NO_BORDERS = { top: none, bottom: none, left: none, right: none } as const
