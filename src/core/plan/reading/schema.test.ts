import Ajv from 'ajv/dist/2020.js'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readPlan } from './read-plan.ts'

const schema = JSON.parse(readFileSync(new URL('../../../../docs/plan-reading.schema.json', import.meta.url), 'utf8'))

test('a reading is what the published schema says', () => {
  const text = [
    'ỦY BAN NHÂN DÂN TỈNH LÀO CAI',
    'Số: 12/KH-UBND',
    'Lào Cai, ngày 05 tháng 3 năm 2026',
    'KẾ HOẠCH',
    'Tuyên truyền an toàn giao thông năm 2026',
    'I. MỤC ĐÍCH',
    '1. Mọi người dân hiểu và chấp hành luật; 100% xã, phường có bản tin.',
    'II. TỔ CHỨC THỰC HIỆN',
    '1. Công an tỉnh',
    '- Chủ trì, phối hợp với Sở Y tế phát tờ rơi trước ngày 15/11/2026.',
  ].join('\n')
  const reading = readPlan(text, { register: { organisations: [], laws: [], hotlines: [] }, today: '2026-03-06' })
  const validate = new Ajv.default({ strict: false }).compile(schema)
  expect(validate(JSON.parse(JSON.stringify(reading))), JSON.stringify(validate.errors)).toBe(true)
  expect(reading.duties.length).toBeGreaterThan(0)
})
