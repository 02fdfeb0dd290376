/** A column of the matrix: one language, theme, audience or channel. */
export interface CoverageColumn {
  readonly key: string
  readonly name: string
  /** Of all places that are asked about, not of this page alone: how many have heard nothing of it. */
  readonly lacking: number
}

/** A row of the matrix: one commune. */
export interface CoverageLine {
  readonly code: string
  readonly name: string
  readonly gaps: readonly string[]
  readonly cells: Readonly<Record<string, { readonly times: number; readonly lastDay: string }>>
}
