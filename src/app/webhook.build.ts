import type { OutletRow } from '../core/outlet/index.ts'
import { outletRow } from './release.build.ts'

/** A machine of somebody else that is told by webhooks. */
export function webhookOutlet(code: string, address: string): OutletRow {
  const where = { place: 'LC-2025', organisation: 'SVHTTDL-LC-2025' }
  return outletRow({ kind: 'webhook', channel: 'webhook', means: 'machine', ...where, code, address })
}
