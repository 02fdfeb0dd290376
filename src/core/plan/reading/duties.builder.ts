import { readPlan } from './read-plan.ts'
import type { Duty, Reading, Register, RegisteredOrganisation } from './reading.ts'

/** A small province as it was in 2023: enough bodies to resolve names and expand groups. */
export const SMALL_PROVINCE: Register = {
  laws: [],
  hotlines: [],
  organisations: [
    body('stttt', 'Sở Thông tin và Truyền thông tỉnh Lào Cai', 'department', 'province', ['Sở TT&TT', 'Sở TTTT']),
    body('syt', 'Sở Y tế tỉnh Lào Cai', 'department', 'province', ['Sở Y tế']),
    body('cat', 'Công an tỉnh Lào Cai', 'police', 'province', []),
    body('tgtu', 'Ban Tuyên giáo Tỉnh ủy', 'party', 'province', []),
    body('mttq', 'Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Lào Cai', 'front', 'province', ['UBMTTQ tỉnh']),
    body('hpn', 'Hội Liên hiệp Phụ nữ tỉnh Lào Cai', 'mass_organisation', 'province', ['Hội LHPN tỉnh']),
    body('blc', 'Báo Lào Cai', 'press', 'province', []),
    body('dpt', 'Đài Phát thanh và Truyền hình tỉnh', 'press', 'province', ['Đài PT-TH tỉnh']),
    body('ub-bx', 'Ủy ban nhân dân huyện Bát Xát', 'peoples_committee', 'district', ['UBND huyện Bát Xát'], 'bat-xat'),
    body('ub-sp', 'Ủy ban nhân dân thị xã Sa Pa', 'peoples_committee', 'district', ['UBND thị xã Sa Pa'], 'sa-pa'),
    body('vhtt-bx', 'Phòng Văn hóa và Thông tin huyện Bát Xát', 'office', 'district', [], 'bat-xat', 'ub-bx'),
    body('vhtt-sp', 'Phòng Văn hoá - Thông tin thị xã Sa Pa', 'office', 'district', [], 'sa-pa', 'ub-sp'),
    body('ub-mk', 'UBND xã Mường Khương', 'peoples_committee', 'commune', [], 'muong-khuong', null, '2025-07-01'),
  ],
}

function body(
  code: string,
  name: string,
  kind: string,
  level: RegisteredOrganisation['level'],
  aliases: readonly string[],
  place = 'lao-cai',
  parent: string | null = null,
  from: string | null = null,
): RegisteredOrganisation {
  const to = level === 'district' ? '2025-06-30' : null
  return { code, name, aliases, kind, level, parent, place, from, to, successors: [] }
}

export function readLines(text: string, register: Register = { organisations: [], laws: [], hotlines: [] }): Reading {
  return readPlan(text, { register, today: '2024-01-01' })
}

/** `clause role/mode: names: first words` of each duty, for expectations that read like a table. */
export function told(reading: Reading): string[] {
  return reading.duties.map(
    (duty) =>
      `${duty.clause} ${duty.role}/${duty.mode}: ${namesOf(duty)}: ${duty.text.split(' ').slice(0, 4).join(' ')}`,
  )
}

function namesOf(duty: Duty): string {
  return duty.assignees.map((one) => one.name).join(' | ')
}
