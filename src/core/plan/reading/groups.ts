import type { OrganisationNames } from './organisation-names.ts'
import type { RegisteredOrganisation } from './reading.ts'
import { fold } from './words.ts'

type Level = RegisteredOrganisation['level']

const OFFICES = ['department', 'agency', 'police', 'border_guard', 'army', 'office']

/**
 * The bodies that a class means on that day: `UBND các huyện, thị xã, thành phố` are all district committees,
 * `các sở, ban, ngành` the offices of the level that the document speaks to. `within` narrows to one place.
 */
export function expandGroup(
  name: string,
  names: OrganisationNames,
  level: Level,
  within: string | null,
): readonly RegisteredOrganisation[] {
  const folded = fold(name).replace(/uỷ ban nhân dân/gu, 'ubnd')
  const pick = (kinds: readonly string[], levels: readonly Level[]) =>
    names.alive.filter(
      (one) =>
        kinds.includes(one.kind) &&
        levels.includes(one.level) &&
        (within === null || one.place === within || inside(one, within, names)),
    )
  if (
    folded.includes('ubnd') &&
    /(?:các|tất cả|\d) ?/u.test(folded) &&
    !/^(?:các )?(?:thủ trưởng các )?(?:sở|phòng|ban|cơ quan|đơn vị)/u.test(folded)
  )
    return pick(['peoples_committee'], committeeLevels(folded, level))
  if (/báo chí|báo, đài/u.test(folded)) return pick(['press'], ['national', 'province', 'district'])
  const found: RegisteredOrganisation[] = []
  if (/các sở|sở, ban|sở, ngành|sở ngành/u.test(folded)) found.push(...pick(OFFICES, ['province']))
  else if (/phòng, ban|các phòng|ban, ngành|ban ngành/u.test(folded)) found.push(...pick(OFFICES, [level]))
  if (/đoàn thể|tổ chức chính trị/u.test(folded)) found.push(...pick(['mass_organisation'], [level]))
  if (/địa phương/u.test(folded) && found.length > 0)
    found.push(...pick(['peoples_committee'], committeeLevels('', level)))
  if (/^(?:các )?(?:huyện|thị xã|xã|phường|thành phố|địa phương)/u.test(folded))
    found.push(...pick(['peoples_committee'], committeeLevels(folded, level)))
  return [...new Set(found)]
}

function committeeLevels(folded: string, level: Level): Level[] {
  const levels: Level[] = []
  if (/tỉnh, thành phố|các tỉnh/u.test(folded)) levels.push('province')
  else if (/huyện|quận|thị xã|thành phố|tx|tp/u.test(folded.replace(/(?:của|thuộc|trên địa bàn) .*$/u, '')))
    levels.push('district')
  if (/(?:xã|phường|thị trấn|đặc khu)/u.test(folded.replace(/thị xã/gu, ''))) levels.push('commune')
  if (levels.length === 0)
    levels.push(level === 'national' ? 'province' : level === 'province' ? 'district' : 'commune')
  return levels
}

function inside(one: RegisteredOrganisation, within: string, names: OrganisationNames): boolean {
  let above = one.parent
  for (let steps = 0; above !== null && steps < 6; steps += 1) {
    const parent = names.alive.find((other) => other.code === above)
    if (!parent) return false
    if (parent.place === within) return true
    above = parent.parent
  }
  return false
}
