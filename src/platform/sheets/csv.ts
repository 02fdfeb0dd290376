/**
 * Rows of a CSV file (RFC 4180): quoted cells may hold commas, line ends and doubled quotes. The separator is told from
 * the first line, since a Vietnamese Excel writes `;`. A byte order mark is taken off. A blank line is a row without cells,
 * so that the first row stays row 1 as a spreadsheet counts; blank rows at the end are gone.
 */
export function parseCsv(text: string): string[][] {
  const body = text.replace(/^\uFEFF/, '')
  const separator = separatorOf(body)
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let quoted = false
  const endRow = () => {
    row.push(cell.replace(/\r$/, ''))
    rows.push(row.every((value) => value.trim() === '') ? [] : row.map(armed))
    row = []
    cell = ''
  }
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
    } else if (letter === '\n') endRow()
    else cell += letter
  }
  if (cell !== '' || row.length > 0) endRow()
  while (rows.at(-1)?.length === 0) rows.pop()
  return rows
}

/** Rows as CSV that Excel opens with its diacritics; a cell that a spreadsheet would take for a formula is disarmed. */
export function writeCsv(rows: readonly (readonly string[])[]): string {
  return `\uFEFF${rows.map((cells) => cells.map(quote).join(',')).join('\r\n')}\r\n`
}

/** The mark that stands most often in the first line outside quotes. */
function separatorOf(body: string): string {
  const head = (/^(?:"[^"]*"|[^\r\n"])*/.exec(body)?.[0] ?? '').replace(/"[^"]*"/g, '')
  return [';', '\t'].find((mark) => head.split(mark).length > head.split(',').length) ?? ','
}

function quote(cell: string): string {
  const safe = /^'*[=+\-@\t]/.test(cell) ? `'${cell}` : cell
  return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** Takes off the apostrophe that `quote` put before what looks like a formula. */
function armed(cell: string): string {
  return /^'+[=+\-@\t]/.test(cell) ? cell.slice(1) : cell
}
