import { FIELD_SECTIONS, FIELDS, fieldNamesOf, inputOf, keepFieldNames } from '#core/bridge/index.ts'
import { sentenceOf } from '#app/wording/words.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { paths } from '#web/paths.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx, w } }) => {
  const names = await fieldNamesOf(ctx.db)
  const refusal = await keepFieldNames.whyNot(ctx, { section: 'bulletin', names: {} })
  return {
    sections: FIELD_SECTIONS.map((section) => {
      const fields = FIELDS[section].map((field) => ({
        field,
        input: inputOf(section, field),
        name: names.nameOf(section, field),
      }))
      return { section, fields, changed: fields.filter(({ field, name }) => field !== name).length }
    }),
    whyNot: refusal && sentenceOf(w, refusal),
  }
}

const sectionIn = (data: FormData) => FIELD_SECTIONS.find((one) => one === fieldOf(data, 'section')) ?? 'package'

export const actions: Actions = {
  keep: act(keepFieldNames, {
    input: (data) => {
      const section = sectionIn(data)
      const names = FIELDS[section].map((field) => [field, fieldOf(data, inputOf(section, field))] as const)
      return { section, names: Object.fromEntries(names) }
    },
    then: () => `${paths.bridgeNames}?done=bridge_names_kept`,
  }),
  /** Back to the names that are known. */
  known: act(keepFieldNames, {
    input: (data) => ({ section: sectionIn(data), names: {} }),
    then: () => `${paths.bridgeNames}?done=bridge_names_kept`,
  }),
}
