import { readPlan } from '../src/core/plan/reading/read-plan.ts'
import { SLOW_TEXTS } from '../src/core/plan/reading/slow-texts.builder.ts'
import type { Register } from '../src/core/plan/reading/reading.ts'

/** A page of a plan holds about this many characters. */
const CHARACTERS_A_PAGE = 2_600
const LIMIT_MS = 300
/** Linear is 4, with the square it is 16. */
const LIMIT_GROWTH = 7
const REGISTER: Register = { organisations: [], laws: [], hotlines: [] }

const hundred = measure(100)
const thousand = measure(1_000)
const ratio = thousand / hundred
console.log(`100 pages: ${hundred.toFixed(0)} ms (limit ${LIMIT_MS})`)
console.log(`1000 pages: ${thousand.toFixed(0)} ms, ${ratio.toFixed(1)} times as long`)
if (hundred > LIMIT_MS || ratio > 14) process.exitCode = 1
for (const { name, build } of SLOW_TEXTS) {
  const growth = quickest(build(4)) / quickest(build(1))
  console.log(`${name}: four times the text takes ${growth.toFixed(1)} times as long (limit ${LIMIT_GROWTH})`)
  if (growth > LIMIT_GROWTH) process.exitCode = 1
}

function measure(pages: number): number {
  return quickest(planOf(pages))
}

/** The quickest of some readings of a text, in milliseconds. */
function quickest(text: string): number {
  let bestMs = Infinity
  for (let i = 0; i < 5; i += 1) {
    const startedMs = performance.now()
    readPlan(text, { register: REGISTER, today: '2026-03-01' })
    bestMs = Math.min(bestMs, performance.now() - startedMs)
  }
  return bestMs
}

function planOf(pages: number): string {
  const parts = [
    'ỦY BAN NHÂN DÂN TỈNH HÀ LÂM',
    'Số: 12/KH-UBND',
    'Hà Lâm, ngày 02 tháng 01 năm 2024',
    '',
    'KẾ HOẠCH',
    'Truyền thông năm 2024',
    '',
  ]
  let length = 0
  for (let section = 1; length < pages * CHARACTERS_A_PAGE; section += 1) {
    const lines = [`${((section - 1) % 90) + 1}. Sở Y tế tỉnh`]
    for (let i = 0; i < 12; i += 1) {
      lines.push(
        `- Chủ trì, phối hợp với Công an tỉnh và UBND các huyện, thành phố tổ chức tuyên truyền trên loa truyền thanh, treo băng rôn theo Quyết định số ${section}${i}/QĐ-UBND ngày 12/01/2024 của UBND tỉnh về công tác y tế, hoàn thành trước ngày 15/11/2024; đạt 95% số xã.`,
      )
    }
    parts.push(...lines, '')
    length += lines.join('\n').length
  }
  return parts.join('\n')
}
