import { AlignmentType, ImageRun, Paragraph, TextRun } from 'docx'
import type { Line, Pictures } from '../../core/document/index.ts'
import { pictureSize } from './picture-size.ts'

/** Word counts 96 pixels to an inch; the same room as in paper.typ. */
const PIXELS_PER_MM = 96 / 25.4
const MOST_MM = { width: 150, height: 95 } as const

/** A picture in the middle with its caption, which stays with it. `at` numbers it within the file, the same each time. */
export function pictureOf(
  { sha256, number, caption, alternative }: Extract<Line, { kind: 'picture' }>,
  at: number,
  pictures: Pictures,
): Paragraph[] {
  const data = pictures[sha256]
  if (!data) throw new Error(`The picture ${sha256} was not handed over`)
  const { type, width, height } = pictureSize(data)
  const scale = Math.min((MOST_MM.width * PIXELS_PER_MM) / width, (MOST_MM.height * PIXELS_PER_MM) / height)
  const image = new ImageRun({
    type,
    data,
    transformation: { width: Math.round(width * scale), height: Math.round(height * scale) },
    // An id of its own: else the library counts on over all files that this process makes.
    altText: { id: String(at + 1), name: number, title: number, description: alternative },
  })
  return [
    new Paragraph({ alignment: AlignmentType.CENTER, keepNext: true, spacing: { before: 160 }, children: [image] }),
    new Paragraph({ style: 'ChuThichAnh', children: [new TextRun(`${number} ${caption}`)] }),
  ]
}
