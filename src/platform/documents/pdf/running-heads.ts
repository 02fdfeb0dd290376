const PAGE_NUMBER = /^(?:[-–—]\s*)?(?:trang\s+)?\d{1,4}(?:\s*\/\s*\d{1,4})?(?:\s*[-–—])?$/i
const EDGE_LINES = 2

/** Drops page numbers, and head and foot lines that come again on most pages, wherever they stand at the edge of a page. */
export function dropRunningHeads(pages: readonly (readonly string[])[]): string[][] {
  const counts = new Map<string, number>()
  for (const lines of pages)
    for (const line of new Set(edges(lines).map(shape))) counts.set(line, (counts.get(line) ?? 0) + 1)
  const enough = Math.max(3, Math.ceil(pages.length * 0.6))
  const runs = (line: string): boolean => line.length > 3 && (counts.get(shape(line)) ?? 0) >= enough

  return pages.map((lines, index) => {
    const left = [...lines]
    const drop = (line: string | undefined): boolean =>
      line !== undefined && (runs(line) || (PAGE_NUMBER.test(line) && (index > 0 || Number(line) === 1)))
    for (let step = 0; step < EDGE_LINES && drop(left[0]); step += 1) left.shift()
    for (let step = 0; step < EDGE_LINES && drop(left.at(-1)); step += 1) left.pop()
    return left
  })
}

function edges(lines: readonly string[]): string[] {
  return lines.length <= EDGE_LINES * 2 ? [...lines] : [...lines.slice(0, EDGE_LINES), ...lines.slice(-EDGE_LINES)]
}

function shape(line: string): string {
  return line.replace(/\d+/g, '#').replace(/\s+/g, ' ')
}
