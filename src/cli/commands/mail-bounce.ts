import { text } from 'node:stream/consumers'
import { openLoa } from '../../app/loa.ts'
import { noteReport } from '../../channels/bulletin/note-report.ts'
import { asSystem } from '../../core/kernel/index.ts'
import { DONE, type Command } from '../command.ts'
import { withDatabaseUrl } from '../with-database.ts'

/** What a mail server takes for “keep it and come again” (sysexits.h, EX_TEMPFAIL). */
const LATER = 75

/**
 * Takes one letter that came back, from a mail server that pipes what it gets for the return domain: `loa mail bounce <
 * letter`. To whom it came says `--to`, else the letter itself. One that is no report of ours is passed over.
 */
export const mailBounce: Command = {
  takes: [],
  options: { to: { type: 'string' } },
  async run({ config, w, options, print }) {
    process.stdin.setEncoding('latin1')
    const raw = await text(process.stdin)
    const to = String(options['to'] ?? addressIn(raw))
    const noted = await withDatabaseUrl(config, async (databaseUrl) => {
      const loa = await openLoa({ databaseUrl, folder: config.dataFolder })
      try {
        return await noteReport(asSystem(loa.contextOf({ kind: 'nobody' }), 'mail'), to, raw)
      } finally {
        await loa.close()
      }
    })
    print(w(`cli_bounce_${noted}`))
    return noted === 'later' ? LATER : DONE
  },
}

/** Servers write down to whom they delivered; without that the field that the reporter wrote must do. */
function addressIn(raw: string): string {
  const head = raw.split(/\r?\n\r?\n/, 1)[0] ?? ''
  for (const name of ['x-original-to', 'delivered-to', 'envelope-to', 'to']) {
    const found = new RegExp(`^${name}:[^\\n]*?([^\\s<>:;,]+@[^\\s<>;,]+)`, 'im').exec(head)?.[1]
    if (found) return found
  }
  return ''
}
