import type { Finding } from '../../kernel/index.ts'
import { findIn, type TextFields } from './text-fields.ts'

/** Words that wound or blame, and what to say instead: law 53/2024, article 3(9) forbids stigma of victims. */
const INSTEAD: Readonly<Record<string, string>> = {
  'gái bán dâm': 'người bị ép bán dâm',
  'gái mại dâm': 'người bán dâm',
  'gái điếm': 'người bán dâm',
  cave: 'người bán dâm',
  'mất trinh': '',
  'ham chơi': '',
  'nhẹ dạ cả tin': 'bị lừa gạt',
  'nhẹ dạ': 'bị lừa gạt',
  'cả tin': 'bị lừa gạt',
  'hám tiền': 'bị hứa hẹn việc lương cao',
  'hám của': 'bị hứa hẹn việc lương cao',
  'hư hỏng': '',
  'ngu dốt': 'thiếu thông tin',
  'lạc hậu': 'còn khó khăn',
  'mông muội': 'còn khó khăn',
  'dân trí thấp': 'ít được tiếp cận thông tin',
  'trình độ dân trí thấp': 'ít được tiếp cận thông tin',
  'kém hiểu biết': 'chưa được thông tin',
  'thiếu hiểu biết': 'chưa được thông tin',
  'dân tộc ít người': 'dân tộc thiểu số',
  'người dân tộc': 'người dân tộc thiểu số',
  'mọi rợ': '',
  'người mèo': 'người Mông',
  'người mán': 'người Dao',
  'người xá': 'người Khơ Mú',
  'tàn tật': 'khuyết tật',
  'người tàn phế': 'người khuyết tật',
  'người mù': 'người khiếm thị',
  'câm điếc': 'khiếm thính',
  điên: 'có vấn đề về sức khỏe tâm thần',
  'tâm thần phân liệt': 'có vấn đề về sức khỏe tâm thần',
  'si đa': 'HIV/AIDS',
  'con nghiện': 'người sử dụng ma túy',
  'bán vợ đợ con': '',
  'bị bán đi': 'bị mua bán',
  'hàng hóa': '',
}
/** Harmless in most texts, wounding beside people: only warned of where people are spoken of. */
const ONLY_OF_PEOPLE = new Set(['hàng hóa', 'lạc hậu', 'điên', 'hư hỏng'])

const WORDS = Object.keys(INSTEAD).toSorted((one, other) => other.length - one.length)
const PATTERN = new RegExp(String.raw`(?<!\p{L})(?:${WORDS.join('|')})(?!\p{L})`, 'giu')

export function checkStigma(fields: TextFields): Finding[] {
  return findIn(fields, PATTERN, (match, text) => {
    const word = match[0].toLowerCase()
    if (word === 'người dân tộc' && /^\s+(?:thiểu số|\p{Lu})/u.test(text.slice(match.index + word.length))) return null
    if (ONLY_OF_PEOPLE.has(word) && !/nạn nhân|phụ nữ|trẻ em|cô gái|đồng bào|người/iu.test(text)) return null
    const instead = INSTEAD[word] ?? ''
    return { code: 'words.stigma', facts: { word, instead: instead || '–' }, mend: instead || null }
  })
}
