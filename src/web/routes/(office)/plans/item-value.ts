import { fold, Refusal } from '#core/kernel/index.ts'
import type { Assignee, ItemKind, RegisteredOrganisation } from '#core/plan/index.ts'
import { fieldOf } from '#web/forms/act.ts'
import { ITEM_FIELDS } from './item-form.ts'

/** The value of an item from its form. Bodies are written one a line by name; a name nobody bears is refused by name. */
export function valueOf(
  data: FormData,
  kind: ItemKind,
  organisations: readonly RegisteredOrganisation[],
  day: string,
): Record<string, unknown> {
  const value: Record<string, unknown> = {}
  for (const field of ITEM_FIELDS[kind]) {
    const typed = fieldOf(data, field.name).normalize('NFC').trim()
    switch (field.type) {
      case 'number':
        value[field.name] = typed === '' ? null : Number(typed.replace(',', '.'))
        break
      case 'bodies':
        value[field.name] = assigneesOf(typed, organisations, day)
        break
      case 'channels':
        value[field.name] = data.getAll(field.name).map(String)
        break
      case 'text':
      case 'textarea':
      case 'select':
      case 'date':
        value[field.name] = typed
        break
      default:
        field.type satisfies never
    }
  }
  if (kind === 'duty') value.deadline = deadlineOf(fieldOf(data, 'deadline'))
  return value
}

function deadlineOf(day: string): { text: string; from: null; to: string } | null {
  return day === '' ? null : { text: '', from: null, to: day }
}

function assigneesOf(lines: string, organisations: readonly RegisteredOrganisation[], day: string): Assignee[] {
  const byName = new Map<string, RegisteredOrganisation[]>()
  for (const body of organisations) {
    for (const name of [body.name, body.code, ...body.aliases]) {
      byName.set(fold(name), [...(byName.get(fold(name)) ?? []), body])
    }
  }
  return lines
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((name) => {
      const named = byName.get(fold(name)) ?? []
      const body = named.find(({ from, to }) => (from ?? '') <= day && day <= (to ?? '9999')) ?? named[0]
      if (!body) throw new Refusal('plan.body_not_known', { name }, 'assignees')
      return { name: body.name, group: false, organisations: [body.code] }
    })
}
