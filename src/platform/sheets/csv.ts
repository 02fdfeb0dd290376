/**
 * Rows of a CSV file (RFC 4180): quoted cells may hold commas, line ends and doubled quotes. The separator is told from
 * the first line, since a Vietnamese Excel writes `;`. A byte order mark is taken off.
 */
export function parseCsv(text: string): string[][] {
  const body = text.replace(/^\uFEFF/, '')
  const head = /^[^\r\n]*/.exec(body)?.[0] ?? ''
  const separator = [';', '\t'].find((mark) => head.split(mark).length > head.split(',').length) ?? ','
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let quoted = false
  for (let at = 0; at < body.length; at++) {
    const letter = body[at] ?? ''
    if (quoted) {
      if (letter !== '"') cell += letter
      else if (body[at + 1] === '"') cell += body[++at]
      else quoted = false
    } else if (letter === '"' && cell === '') quoted = true
    else if (letter === separator) {
      row.push(cell)
      cell = ''
    } else if (letter === '\n') {
      rows.push([...row, cell.replace(/\r$/, '')])
      row = []
      cell = ''
    } else cell += letter
  }
  if (cell !== '' || row.length > 0) rows.push([...row, cell.replace(/\r$/, '')])
  return rows.filter((cells) => cells.some((value) => value.trim() !== ''))
}

/** Rows as CSV that Excel opens with its diacritics; a cell that a spreadsheet would take for a formula is disarmed. */
export function writeCsv(rows: readonly (readonly string[])[]): string {
  return `\uFEFF${rows.map((cells) => cells.map(quote).join(',')).join('\r\n')}\r\n`
}

function quote(cell: string): string {
  const safe = /^[=+\-@\t]/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
