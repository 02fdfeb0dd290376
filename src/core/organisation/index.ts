/**
 * Organisation (cơ quan, đơn vị): a body that acts in a place, from a day to a day. When it ends it names its successors,
 * so that one can ask for any body as of a day and learn who carries its duty now. People hold roles in organisations.
 */
import type { Db, Hierarchy } from '../kernel/index.ts'
import { organisationRows } from './organisation-rows.ts'
import { grantsOf } from './membership.store.ts'
import { listOf } from './organisation-table.ts'
import { idsAbove } from './organisation.store.ts'

export { carriesDuty } from './carries-duty.ts'
export { delegate, endDelegation } from './delegate.ts'
export { isDuty } from './duty.ts'
export { endRole, giveRole } from './give-role.ts'
export { importOrganisations } from './import-organisations.ts'
export { addOrganisation, amendOrganisation, endOrganisation } from './keep-organisation.ts'
export { organisationRow, organisationRows, previewOrganisations } from './organisation-rows.ts'
export { organisationLineage, type OrganisationNode } from './lineage.store.ts'
export {
  delegationsOf,
  grantsOf,
  membershipsOfPeople,
  membershipsOn,
  type Delegation,
  type Membership,
} from './membership.store.ts'
export {
  LEVELS,
  ORGANISATION_KINDS,
  type Organisation,
  type OrganisationKind,
  type Succession,
} from './organisation.ts'
export {
  ORGANISATION_COLUMNS,
  type BadCell,
  type OrganisationPreview,
  type OrganisationRow,
} from './organisation-table.ts'
export {
  childrenOf,
  idsBelow,
  organisationByCode,
  organisationIdsByCode,
  organisationNames,
  organisationsAsOf,
  organisationsNamed,
  organisationsWhere,
  searchOrganisations,
  successions,
} from './organisation.store.ts'

/** Which bodies stand above one: what makes a role hold in everything below. */
export const organisationHierarchy: Hierarchy = {
  above: idsAbove,
  ofPerson: async (db, personId, day) =>
    new Set((await grantsOf(db, personId, day)).map(({ organisationId }) => organisationId)),
}

/** All bodies of all times as the plan reader looks them up. */
export async function readRegister(db: Db) {
  return (await organisationRows(db)).map(registered)
}

/** A row of the table as the plan reader looks it up. */
export function registered(row: Awaited<ReturnType<typeof organisationRows>>[number]) {
  return {
    code: row.code,
    name: row.name,
    aliases: row.aliases.split(';').filter(Boolean),
    kind: row.kind,
    // The table's own check keeps the level one of these.
    level: row.level as 'national' | 'province' | 'district' | 'commune',
    parent: row.parent || null,
    place: row.place,
    from: row.alive_from || null,
    to: row.alive_to || null,
    successors: listOf(row.successors).map(({ code }) => code),
  }
}
