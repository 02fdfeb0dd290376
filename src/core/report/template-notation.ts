/** The words by which a template is typed; reading and writing share them, so that what is written is read as the same again. */
export const SHAPE_WORDS = {
  paragraph: 'đoạn văn',
  clause: 'khoản',
  point: 'điểm',
  dash: 'gạch đầu dòng',
} as const

export const LIST_WORDS = { channel: 'hình thức', organisation: 'đơn vị' } as const

export const OPTION_WORDS = { compare: 'so sánh', plan: 'kế hoạch', always: 'nói cả số không' } as const
export const MOST_WORDS = 'nhiều nhất'
export const END_WORDS = 'kết bằng'
export const NONE_WORDS = 'Nếu không có:'

/** What a line begins with that would be read as something else than words. */
export const MARKED = /^(?:\\|\[|\+|[IVXL]+\.\s|\d+\.\s|Nếu không có:)/u
