import { verifyAudit } from '../../core/audit/index.ts'
import { DONE, REFUSED, type Command } from '../command.ts'
import { withDatabase } from '../with-database.ts'

/** Says whether the record of all changes is whole, and its head, to be noted where nobody can change it. */
export const auditVerify: Command = {
  takes: [],
  async run({ config, w, print }) {
    const verdict = await withDatabase(config, verifyAudit)
    if (verdict.whole) print(w('cli_audit_whole', { entries: verdict.entries, head: verdict.head }))
    else print(w(`cli_audit_broken_${verdict.reason}`, { at: verdict.brokenAt, entries: verdict.entries }))
    return verdict.whole ? DONE : REFUSED
  },
}
