import type { RequestEvent } from '@sveltejs/kit'
import type { GenericSchema, InferInput } from 'valibot'
import { Refusal, type Action, type Db } from '#core/kernel/index.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { refuseForm } from '#web/forms/refused.ts'
import type { FormState } from '#web/ui/form-state.ts'
import { shownPreview, type Preview } from './shown-preview.ts'

interface SheetActions<Row, Column extends string, Schema extends GenericSchema, Result> {
  readonly read: (
    bytes: Uint8Array,
  ) => Promise<{ readonly rows: readonly Row[]; readonly letters: Readonly<Record<Column, string>> }>
  readonly preview: (db: Db, rows: readonly Row[]) => Promise<Preview<Column>>
  readonly action: Action<Schema, Result>
  readonly input: (rows: readonly Row[], event: RequestEvent) => InferInput<Schema> | Promise<InferInput<Schema>>
  /** Where to go when it is imported. */
  readonly then: string
}

/** The two forms of a page that imports a table: a file is previewed, and the very file that was looked at is imported. */
export function sheetActions<Row, Column extends string, Schema extends GenericSchema, Result>({
  read,
  preview,
  action,
  input,
  then,
}: SheetActions<Row, Column, Schema, Result>) {
  return {
    async preview(event: RequestEvent) {
      const { ctx } = event.locals
      const data = await event.request.formData()
      try {
        const file = data.get('file')
        if (!(file instanceof File) || file.size === 0) throw new Refusal('input.required', {}, 'file')
        const bytes = new Uint8Array(await file.arrayBuffer())
        const { rows, letters } = await read(bytes)
        const shown = shownPreview(await preview(ctx.db, rows), letters)
        return { ...NOTHING_WRONG, preview: shown, sha256: await ctx.files.put(bytes) }
      } catch (thrown) {
        return refuseForm(event, thrown, data)
      }
    },
    import: act(action, {
      input: async (data, event) => {
        const { ctx } = event.locals
        const sha256 = fieldOf(data, 'sha256')
        if (!/^[0-9a-f]{64}$/.test(sha256) || !(await ctx.files.has(sha256)))
          throw new Refusal('sheet.gone', {}, 'file')
        return input((await read(await ctx.files.get(sha256))).rows, event)
      },
      then: () => then,
    }),
  }
}

const NOTHING_WRONG: FormState = { typed: {}, problems: [] }
