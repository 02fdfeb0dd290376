import type { Reading } from '../core/plan/index.ts'
import type { Surroundings } from './command.ts'

/** What was read, as a page for people in a terminal. */
export function printReading({ w, print }: Surroundings, reading: Reading): void {
  const { document: head } = reading
  print([head.type, head.notation, head.issuedOn].filter(Boolean).join(' · '))
  print([head.issuer, head.place].filter(Boolean).join(' · '))
  if (head.title) print(head.title)
  const part = (key: string, lines: readonly string[]) => {
    if (lines.length === 0) return
    print(`\n${w(key, { count: lines.length })}`)
    for (const line of lines) print(`  ${line.replace(/\s+/g, ' ')}`)
  }
  part(
    'cli_legal_bases',
    reading.legalBases.map((one) => [one.type, one.notation, one.title].filter(Boolean).join(' ')),
  )
  part(
    'cli_periods',
    reading.periods.map((one) => `${one.kind}: ${one.rhythm ?? `${one.from ?? ''} … ${one.to ?? ''}`}`),
  )
  part(
    'cli_themes',
    reading.themes.map((one) => `${one.clause}: ${one.text}`),
  )
  part(
    'cli_slogans',
    reading.slogans.map((one) => one.text),
  )
  part(
    'cli_hotlines',
    reading.hotlines.map((one) => `${one.number} ${one.name}`),
  )
  part(
    'cli_audiences',
    reading.audiences.map((one) => one.text),
  )
  part(
    'cli_targets',
    reading.targets.map((one) => one.text),
  )
  part('cli_channels', [...new Set(reading.channels.map((one) => w(`channel_${one.channel}`)))])
  part('cli_duties', reading.duties.map(dutyLine))
  part(
    'cli_warnings',
    reading.warnings.map((one) => `${one.code} ${Object.values(one.facts).join(', ')}`),
  )
}

function dutyLine({ clause, assignees, text, deadline }: Reading['duties'][number]): string {
  const who = assignees.map(({ name, organisations }) =>
    organisations.length > 1 ? `${name} (${organisations.length})` : name,
  )
  return `${clause}: ${who.join('; ')}: ${text}${deadline ? ` [${deadline.text}]` : ''}`
}
