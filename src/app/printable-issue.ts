import type { Issue } from '../core/bulletin/index.ts'
import type { Ctx } from '../core/kernel/index.ts'

/** Makes the PDF of an issue in a language. */
export type IssuePrinter = (ctx: Ctx, issue: Issue, language: string) => Promise<Uint8Array>

let printer: IssuePrinter | null = null

/** Says what prints issues; where nobody does, no page offers it. */
export function printIssuesWith(given: IssuePrinter): void {
  printer = given
}

export function printsIssues(): boolean {
  return printer !== null
}

/** The PDF of an issue; null where nothing prints. */
export async function printableIssue(ctx: Ctx, issue: Issue, language: string): Promise<Uint8Array | null> {
  return printer && printer(ctx, issue, language)
}
