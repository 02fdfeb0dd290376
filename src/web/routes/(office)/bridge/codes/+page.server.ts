import {
  CODE_KINDS,
  CODE_VALUES,
  CodeTable,
  codesOf,
  dropBridgeCode,
  keepBridgeCode,
  setBridge,
  settingOf,
  type CodeKind,
} from '#core/bridge/index.ts'
import { sentenceOf, type Words } from '#app/wording/words.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { paths } from '#web/paths.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx, w } }) => {
  const codes = await codesOf(ctx.db)
  const refusal = await dropBridgeCode.whyNot(ctx, { kind: 'class', code: '-' })
  const { sourceCode, defaultField, pushAddress, pushSecretSealed } = await settingOf(ctx.db)
  return {
    kinds: CODE_KINDS.map((kind) => ({
      kind,
      codes: codes.filter((one) => one.kind === kind),
      values: [{ value: '', name: w('bridge_value_none') }, ...valuesOf(w, kind)],
    })),
    missing: new CodeTable(codes).missing(),
    setting: { sourceCode, defaultField, pushAddress, secret: pushSecretSealed !== null },
    fields: [{ value: '', name: w('bridge_value_none') }, ...valuesOf(w, 'field')],
    whyNot: refusal && sentenceOf(w, refusal),
  }
}

function valuesOf(w: Words, kind: CodeKind) {
  return CODE_VALUES[kind].map((value) => ({ value, name: w(`bridge_${kind}_${value}`) }))
}

// The actions' own schemas refuse a kind or a field that is none.
const kindIn = (data: FormData) => fieldOf(data, 'kind') as CodeKind

export const actions: Actions = {
  keep: act(keepBridgeCode, {
    input: (data) => ({
      kind: kindIn(data),
      code: fieldOf(data, 'own'),
      value: fieldOf(data, 'value'),
      outbound: data.has('outbound'),
    }),
    then: () => `${paths.bridgeCodes}?done=bridge_code_kept`,
  }),
  drop: act(dropBridgeCode, {
    input: (data) => ({ kind: kindIn(data), code: fieldOf(data, 'own') }),
    then: () => `${paths.bridgeCodes}?done=bridge_code_dropped`,
  }),
  set: act(setBridge, {
    input: (data) => ({
      sourceCode: fieldOf(data, 'source'),
      defaultField: fieldOf(data, 'defaultField') as '',
      pushAddress: fieldOf(data, 'pushAddress'),
      pushSecret: fieldOf(data, 'pushSecret'),
    }),
    then: () => `${paths.bridgeCodes}?done=bridge_set`,
  }),
}
