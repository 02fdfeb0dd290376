import { fieldOf } from '#web/forms/act.ts'

/** What a form says about a file. */
export function aboutOf(data: FormData) {
  return {
    title: fieldOf(data, 'title'),
    alternative: fieldOf(data, 'alternative'),
    rightsOwner: fieldOf(data, 'rightsOwner'),
    rightsTerms: fieldOf(data, 'rightsTerms'),
    rightsUntil: fieldOf(data, 'rightsUntil') || null,
  }
}
