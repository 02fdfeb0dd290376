import * as v from 'valibot'
import { actingPerson, action, Refusal, tidy } from '../kernel/index.ts'
import { dropCodeRow, settingOf, updateSetting, upsertCode } from './code.store.ts'
import { CODE_KINDS, CODE_VALUES } from './code.ts'

/** Who answers for what another system is told in the name of the province. */
export const BRIDGE_ROLES = ['administrator', 'campaign_officer'] as const
const may = { who: 'roles' as const, roles: BRIDGE_ROLES }
const line = (most: number) => v.pipe(v.string(), v.transform(tidy), v.maxLength(most))
const OneCode = { kind: v.picklist(CODE_KINDS), code: v.pipe(line(100), v.minLength(1)) }

/** Says what a code of the other system is with us. Empty: nobody knows, and it is kept as it comes. */
export const keepBridgeCode = action('bridge.keep_code', {
  input: v.object({ ...OneCode, value: line(40), outbound: v.optional(v.boolean(), false) }),
  may,
  records: ({ kind, code, value }) => ({ subject: 'bridge_code', subjectId: null, facts: { kind, code, value } }),
  async run(ctx, { kind, code, value, outbound }) {
    const known: readonly string[] = CODE_VALUES[kind]
    if (value !== '' && !known.includes(value)) throw new Refusal('bridge.no_value', {}, 'value')
    const by = { confirmedAt: ctx.clock.now(), confirmedBy: actingPerson(ctx) }
    await upsertCode(ctx.db, { kind, code, value: value || null, outbound: outbound && value !== '', ...by })
  },
})

/** Takes a code away, as one that was mistyped; what came in with it keeps it. */
export const dropBridgeCode = action('bridge.drop_code', {
  input: v.object(OneCode),
  may,
  records: ({ kind, code }) => ({ subject: 'bridge_code', subjectId: null, facts: { kind, code } }),
  async run(ctx, { kind, code }) {
    if (!(await dropCodeRow(ctx.db, kind, code))) throw new Refusal('bridge.no_code', {}, 'code')
  },
})

/** Says how the other system knows us and where packages are pushed to; an empty secret leaves the one that stands, unless the machine is another. */
export const setBridge = action('bridge.set', {
  input: v.object({
    sourceCode: line(100),
    defaultField: v.union([v.literal(''), v.picklist(CODE_VALUES.field)]),
    pushAddress: v.pipe(
      line(500),
      v.check((text) => text === '' || isWebAddress(text), 'address'),
    ),
    pushSecret: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(500)), ''),
  }),
  may,
  records: ({ sourceCode, pushAddress }) => ({
    subject: 'bridge',
    subjectId: null,
    facts: { sourceCode, host: URL.parse(pushAddress)?.host ?? '' },
  }),
  async run(ctx, { sourceCode, defaultField, pushAddress, pushSecret }) {
    const stood = await settingOf(ctx.db)
    const moved = URL.parse(stood.pushAddress)?.origin !== URL.parse(pushAddress)?.origin
    // Another machine must not be sent the secret of the old one.
    const kept = moved ? null : stood.pushSecretSealed
    const pushSecretSealed = pushSecret === '' ? kept : await ctx.secrets.seal(pushSecret, PUSH_SECRET)
    await updateSetting(ctx.db, { sourceCode, defaultField: defaultField || null, pushAddress, pushSecretSealed })
  },
})

/** What the sealed secret of the push belongs to. */
export const PUSH_SECRET = 'bridge:push'

function isWebAddress(text: string): boolean {
  const url = URL.parse(text)
  return url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === ''
}
