import { Refusal, whyNotSee, type Ctx } from '#core/kernel/index.ts'
import { readCatalogue } from '#core/evidence/index.ts'
import { readTemplate, REPORT_KINDS, type keepReportTemplate } from '#core/report/index.ts'
import { sentenceOf, type Words } from '#app/wording/words.ts'
import { fieldOf } from '#web/forms/act.ts'

export const TEMPLATE_KEEPERS = ['administrator'] as const

/** What the form of a template offers beside what is typed. */
export async function templateChoices(ctx: Ctx, w: Words) {
  const { indicators } = await readCatalogue(ctx.db)
  const refusal = whyNotSee(ctx, TEMPLATE_KEEPERS)
  return {
    kinds: REPORT_KINDS.map((value) => ({ value, name: w(`report_kind_${value}`) })),
    indicators: indicators.map(({ code, name, unit }) => ({ key: code, code, name, unit })),
    whyNot: refusal && sentenceOf(w, refusal),
  }
}

/** The template as it was typed; its shape is judged by the action. */
export function templateOfForm(data: FormData, code: string): Parameters<typeof keepReportTemplate>[1] {
  const { lines, annexes } = readTemplate(fieldOf(data, 'text'))
  if (lines.length === 0) throw new Refusal('input.required', {}, 'text')
  return {
    code,
    name: fieldOf(data, 'name'),
    kind: fieldOf(data, 'kind') as (typeof REPORT_KINDS)[number], // the action refuses any other
    content: {
      subject: fieldOf(data, 'subject'),
      lines,
      annexes,
      channels: channelsOf(fieldOf(data, 'channels')),
      photos: fieldOf(data, 'photos'),
    },
    endedOn: fieldOf(data, 'endedOn') || null,
  }
}

/** `plays: Loa truyền thanh`, one a line. */
export function writeChannels(channels: Readonly<Record<string, string>>): string {
  return Object.entries(channels)
    .map(([code, name]) => `${code}: ${name}`)
    .join('\n')
}

function channelsOf(typed: string): Record<string, string> {
  const lines = typed.split('\n').filter((line) => line.trim() !== '')
  return Object.fromEntries(
    lines.map((line) => {
      const [, code = '', name = ''] = /^\s*([a-z][a-z0-9_]*)\s*:\s*(\S.*?)\s*$/u.exec(line) ?? []
      if (code === '') throw new Refusal('report.channel_line', { line: line.trim() }, 'channels')
      return [code, name]
    }),
  )
}
