import type { Ground } from './ground.ts'
import { expandGroup } from './groups.ts'
import { nameKey, OrganisationNames, withoutOffice } from './organisation-names.ts'
import type { Assignee, RegisteredOrganisation } from './reading.ts'
import type { Named } from './scope.ts'

/** Looks names up as of the document's day, from where its issuer stands. */
export interface Assigner {
  readonly names: OrganisationNames
  readonly level: RegisteredOrganisation['level']
  /** The issuer's place where it is below the province: then `các phòng` are those of that place. */
  readonly within: string | null
}

export function makeAssigner(ground: Ground): Assigner {
  const names = new OrganisationNames(ground.register.organisations, ground.day)
  const issuer = ground.head.issuer === null ? undefined : names.find(ground.head.issuer)[0]
  const level = issuer?.level ?? levelOf(ground.head.issuer)
  return { names, level, within: issuer && (level === 'district' || level === 'commune') ? issuer.place : null }
}

function levelOf(issuer: string | null): Assigner['level'] {
  const key = nameKey(issuer ?? '')
  if (/ (?:xã|phường|thị trấn|đặc khu)(?: |$)/u.test(` ${key.replace(/thị xã/gu, '')}`)) return 'commune'
  if (/ (?:huyện|quận|thị xã)(?: |$)/u.test(` ${key}`)) return 'district'
  return /^(?:bộ |thủ tướng|chính phủ)/u.test(key) ? 'national' : 'province'
}

export function assigneesOf(named: Named, text: string, assigner: Assigner): Assignee[] {
  return named.names.map(({ from, to, group }) => {
    const first = named.words[from]
    const last = named.words[to - 1]
    const name = first && last ? text.slice(first.start, last.end).replace(/\s+/gu, ' ') : ''
    return { name, group, organisations: organisationsOf(name, group, assigner) }
  })
}

function organisationsOf(name: string, group: boolean, assigner: Assigner): string[] {
  const bare = withoutOffice(name.replace(/\s*\([^)]*\)$/u, ''))
  const exact = [name, bare].map((one) => oneOf(assigner.names.find(one), assigner)).find((found) => found !== null)
  if (exact) return [exact.code]
  return group
    ? expandGroup(bare, assigner.names, assigner.level, assigner.within)
        .map((one) => one.code)
        .sort()
    : []
}

/** A name that several bear (`UBND xã`) means the one of the issuer's place, or is left open. */
function oneOf(found: readonly RegisteredOrganisation[], assigner: Assigner): RegisteredOrganisation | null {
  const near = assigner.within === null ? found : found.filter((one) => one.place === assigner.within)
  const [only, other] = near.length > 0 ? near : found
  return only && !other ? only : null
}
