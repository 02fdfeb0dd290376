import { ACTIVITY_TABLE_COLUMNS } from '../core/evidence/index.ts'
import type { Db } from '../core/kernel/index.ts'
import { ORGANISATION_COLUMNS, organisationRows } from '../core/organisation/index.ts'
import { OUTLET_COLUMNS, outletRows } from '../core/outlet/index.ts'
import { PLACE_COLUMNS, placeRows } from '../core/place/index.ts'
import { STATION_COLUMNS, stationRows } from '../core/station/index.ts'
import { SUBSCRIBER_COLUMNS } from '../core/subscriber/index.ts'
import { writeSheet, type SheetFormat } from '../platform/sheets/sheet.ts'
import { readTable } from './table-sheet.ts'

/** The organisations in a CSV or XLSX file. @throws Refusal `sheet.…` */
export const readOrganisationSheet = (bytes: Uint8Array) => readTable(bytes, ORGANISATION_COLUMNS)

/** The places in a CSV or XLSX file. @throws Refusal `sheet.…` */
export const readPlaceSheet = (bytes: Uint8Array) => readTable(bytes, PLACE_COLUMNS)

/** The outlets in a CSV or XLSX file. @throws Refusal `sheet.…` */
export const readOutletSheet = (bytes: Uint8Array) => readTable(bytes, OUTLET_COLUMNS)

/** The stations, clusters and devices in a CSV or XLSX file. @throws Refusal `sheet.…` */
export const readStationSheet = (bytes: Uint8Array) => readTable(bytes, STATION_COLUMNS)

/** The activities in a CSV or XLSX file. @throws Refusal `sheet.…` */
export const readActivitySheet = (bytes: Uint8Array) => readTable(bytes, ACTIVITY_TABLE_COLUMNS)

/** An empty table to fill in, with the columns alone. */
export const writeActivitySheet = (format: SheetFormat) => writeRows(ACTIVITY_TABLE_COLUMNS, [], format)

/** The contacts in a CSV or XLSX file. @throws Refusal `sheet.…` */
export const readSubscriberSheet = (bytes: Uint8Array) => readTable(bytes, SUBSCRIBER_COLUMNS)

/** A table of contacts of nobody, to be filled in. */
export function writeSubscriberSample(): Promise<Uint8Array> {
  const sample = {
    contact: 'ten@example.vn',
    language: 'vi',
    consent_on: '2026-07-01',
    consent_note: 'Ký tại cuộc họp',
  }
  return writeRows(SUBSCRIBER_COLUMNS, [sample], 'csv')
}

/** All organisations as a file that can be mended in a spreadsheet and imported again. */
export async function writeOrganisationSheet(db: Db, format: SheetFormat): Promise<Uint8Array> {
  return writeRows(ORGANISATION_COLUMNS, await organisationRows(db), format)
}

/** All places as a file that can be mended in a spreadsheet and imported again. */
export async function writePlaceSheet(db: Db, format: SheetFormat): Promise<Uint8Array> {
  return writeRows(PLACE_COLUMNS, await placeRows(db), format)
}

/** All outlets as a file that can be mended in a spreadsheet and imported again. */
export async function writeOutletSheet(db: Db, format: SheetFormat): Promise<Uint8Array> {
  return writeRows(OUTLET_COLUMNS, await outletRows(db), format)
}

/** All stations, clusters and devices that are not revoked as a file that can be mended and imported again. */
export async function writeStationSheet(db: Db, format: SheetFormat): Promise<Uint8Array> {
  return writeRows(STATION_COLUMNS, await stationRows(db), format)
}

function writeRows<Column extends string>(
  columns: readonly Column[],
  rows: readonly Readonly<Record<Column, string>>[],
  format: SheetFormat,
): Promise<Uint8Array> {
  return writeSheet([[...columns], ...rows.map((row) => columns.map((column) => row[column]))], format)
}
