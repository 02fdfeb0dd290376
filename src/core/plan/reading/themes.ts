import { clauseName, wordsIn, type Block, type Ground } from './ground.ts'
import type { ThemeFound } from './reading.ts'

const SECTION =
  /(?:nội dung|chủ đề|trọng tâm)[^.;]{0,40}(?:tuyên truyền|truyền thông|thông tin|phổ biến)|^(?:(?:các|những) )?nội dung(?: chính| chủ yếu| trọng tâm)?\s*:?$|tuyên truyền[^.;]{0,20}nội dung/u
const OTHER =
  /hình thức|thời gian|phương thức|biện pháp|giải pháp|tổ chức thực hiện|kinh phí|đối tượng|phân công|nhiệm vụ|tiến độ|địa điểm|số lượng/u
const HOTLINE = /^(?:[\s\-–+*•]*)(?:thông tin )?(?:đường dây nóng|tổng đài|hotline|số điện thoại)/u
const INTRODUCTION = /(?:sau|như sau|gồm|nội dung|vào)\s*:?\s*$/u

/** What the campaign is to speak about: the items under the clause called content of the communication. */
export function findThemes(ground: Ground): ThemeFound[] {
  const sections = ground.blocks.flatMap((block, i) => (isSection(ground, block) ? [i] : []))
  const chosen = sections.filter((i) => !sections.some((other) => other !== i && isUnder(ground.blocks, other, i)))
  const inside = new Set<number>(chosen)
  const parents = new Set(ground.blocks.map((block) => block.parent))
  const themes: ThemeFound[] = []
  for (const [i, block] of ground.blocks.entries()) {
    if (block.parent === null || !inside.has(block.parent)) continue
    const words = ground.folded.slice(block.bodyStart, block.end)
    if (block.heading && OTHER.test(words)) continue
    if (block.heading && block.kind !== 'bullet') {
      inside.add(i)
      continue
    }
    if (HOTLINE.test(words) || (block.kind === 'paragraph' && INTRODUCTION.test(words)) || words.trim() === '') continue
    const end = parents.has(i) ? lastEnd(ground.blocks, i) : block.end
    themes.push({
      clause: clauseName(block.path),
      text: wordsIn(ground.text, block.bodyStart, end),
      span: [block.start, end],
      confidence: block.kind === 'paragraph' ? 0.8 : 0.9,
    })
  }
  return themes
}

function isSection(ground: Ground, block: Block): boolean {
  if (!block.heading || block.kind === 'bullet') return false
  const words = ground.folded.slice(block.bodyStart, block.end).trim()
  return words.length < 120 && SECTION.test(words)
}

function isUnder(blocks: readonly Block[], index: number, above: number): boolean {
  for (let at = blocks[index]?.parent ?? null; at !== null; at = blocks[at]?.parent ?? null)
    if (at === above) return true
  return false
}

/** End of the last block under this one: blocks stand in order of the text. */
function lastEnd(blocks: readonly Block[], index: number): number {
  const depth = blocks[index]?.path.length ?? 0
  let end = blocks[index]?.end ?? 0
  for (let i = index + 1; i < blocks.length && (blocks[i]?.path.length ?? 0) > depth; i += 1)
    end = blocks[i]?.end ?? end
  return end
}
