import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { keepFact } from '../core/fact/index.ts'
import type { Ctx } from '../core/kernel/index.ts'
import { importOrganisations, registered, type OrganisationRow } from '../core/organisation/index.ts'
import { importPlaces, type PlaceRow } from '../core/place/index.ts'
import type { Register } from '../core/plan/index.ts'
import { keepReportTemplate } from '../core/report/index.ts'

const REPORTS = join(import.meta.dirname, '../../examples/reports')
const FOLDER = join(import.meta.dirname, '../../examples/lao-cai')

/** The bodies, laws and hotlines of the first province, from the project's own files: for reading a plan without a database. */
export async function readReferenceRegister(): Promise<Register> {
  const organisations = (await organisationTable()).map(registered)
  const facts = await readTable('facts.tsv')
  const valueOf = new Map(facts.map((fact) => [fact['code'], fact['value']]))
  return {
    organisations,
    laws: facts
      .filter((fact) => fact['kind'] === 'law')
      .map((fact) => ({
        notation: fact['value'] ?? null,
        title: fact['name'] ?? '',
        issuedOn: fact['issued_on'] || null,
        from: fact['valid_from'] || null,
        to: fact['valid_to'] || null,
        replacedBy: valueOf.get(fact['replaced_by']) ?? null,
      })),
    hotlines: facts
      .filter((fact) => fact['kind'] === 'hotline')
      .map((fact) => ({
        name: fact['name'] ?? '',
        number: fact['value'] ?? '',
        from: fact['valid_from'] || null,
        to: fact['valid_to'] || null,
        verifiedOn: fact['verified_on'] || null,
      })),
  }
}

/** Puts places, organisations and facts of the first province into the database; again, it changes nothing. */
export async function loadReference(ctx: Ctx): Promise<void> {
  await importPlaces(ctx, { rows: await placeTable() })
  await importOrganisations(ctx, { rows: await organisationTable() })
  for (const fact of await readTable('facts.tsv')) await keepFact(ctx, factOf(fact))
  for (const template of await reportTemplates()) await keepReportTemplate(ctx, template)
}

/** The outlines of reports that every province begins with. */
export async function reportTemplates(): Promise<Parameters<typeof keepReportTemplate>[1][]> {
  const names = (await readdir(REPORTS)).filter((name) => name.endsWith('.json'))
  const texts = await Promise.all(names.map((name) => readFile(join(REPORTS, name), 'utf8')))
  return texts.map((text) => JSON.parse(text) as Parameters<typeof keepReportTemplate>[1]) // the action's schema refuses any other
}

/** The places of the first province. */
export async function placeTable(): Promise<PlaceRow[]> {
  return (await readTable('places.tsv')) as PlaceRow[] // the file has the columns of the table
}

/** The organisations of the first province. */
export async function organisationTable(): Promise<OrganisationRow[]> {
  return (await readTable('organisations.tsv')) as OrganisationRow[] // likewise
}

type Cells = Readonly<Record<string, string>>

async function readTable(name: string): Promise<Cells[]> {
  const [head = '', ...lines] = (await readFile(join(FOLDER, name), 'utf8')).trimEnd().split('\n')
  const columns = head.split('\t')
  return lines.map((line) => {
    const cells = line.split('\t')
    return Object.fromEntries(columns.map((column, at) => [column, cells[at] ?? '']))
  })
}

function factOf(cells: Cells): Parameters<typeof keepFact>[1] {
  return {
    kind: cells['kind'] as 'law', // the action's schema refuses any other
    code: cells['code'] ?? '',
    name: cells['name'] ?? '',
    value: cells['value'] ?? '',
    issuedOn: cells['issued_on'] || null,
    validFrom: cells['valid_from'] || null,
    validTo: cells['valid_to'] || null,
    replacedBy: cells['replaced_by'] || null,
    verifiedOn: cells['verified_on'] || null,
    verifiedBy: cells['verified_by'] || null,
    verifyEveryDays: Number(cells['verify_every_days'] || 365),
    source: cells['source'] || null,
  }
}
