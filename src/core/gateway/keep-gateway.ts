import * as v from 'valibot'
import { CHANNELS } from '../channel/index.ts'
import { action, idOf, InputRefusal, newId, Refusal, refuseIf, type Ctx, type Id } from '../kernel/index.ts'
import { organisationIdsByCode } from '../organisation/index.ts'
import { gatewayKindOf } from './gateway-kind.ts'
import { gatewayByCode, gatewayById, updateGateway, upsertGateway } from './gateway.store.ts'
import type { Gateway } from './gateway.ts'
import { flawOf, settingsOf, type SettingFields, type SettingValue } from './setting-fields.ts'

const text = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200))
const between = (least: number, most: number) => v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most))

const Wish = v.object({
  name: text,
  /** Whose outlets alone it serves, by code; empty: those of every body that has none of its own. */
  organisation: v.pipe(v.string(), v.trim(), v.maxLength(100)),
  settings: v.record(v.string(), v.union([v.string(), v.number(), v.boolean()])),
  /** Empty leaves the one that stands. */
  secret: v.pipe(v.string(), v.maxLength(4_000)),
  share: between(1, 100),
  ratePerSecond: between(1, 100_000),
  windowSize: between(1, 1_000),
  /** Nobody's machine stands there: what is sent reaches no one. */
  simulated: v.boolean(),
})
type Wished = v.InferOutput<typeof Wish>

const OneGateway = v.object({ gatewayId: idOf<'gateway'>() })
const may = {
  who: 'roles' as const,
  roles: ['administrator'] as const,
  within: async (ctx: Ctx, { gatewayId }: { readonly gatewayId: Id<'gateway'> }) =>
    (await gatewayById(ctx.db, gatewayId))?.organisationId ?? null,
}

/**
 * Registers a road of a channel. Its code stands in the address at which it brings receipts and never changes, nor does
 * what it speaks.
 *
 * @throws Refusal `gateway.kind_unknown`, `gateway.code_taken`, `gateway.no_organisation`, InputRefusal of its settings.
 */
export const addGateway = action('gateway.add', {
  input: v.object({
    ...Wish.entries,
    code: v.pipe(v.string(), v.trim(), v.regex(/^[A-Z0-9][A-Z0-9-]{0,39}$/)),
    channel: v.picklist(CHANNELS),
    kind: v.string(),
  }),
  may: { who: 'roles', roles: ['administrator'] },
  records: ({ code, kind, channel }, id: Id<'gateway'>) => ({
    subject: 'gateway',
    subjectId: id,
    facts: { code, kind, channel },
  }),
  async run(ctx, { code, channel, kind, ...wish }) {
    const { fields } = gatewayKindOf(channel, kind)
    if (await gatewayByCode(ctx.db, code)) throw new Refusal('gateway.code_taken', {}, 'code')
    const id = newId<'gateway'>()
    const fresh = { id, code, channel, kind, secretSealed: null, pausedAt: null, pausedReason: null }
    await upsertGateway(ctx.db, { ...fresh, ...(await wished(ctx, fields, wish, fresh)) })
    return id
  },
})

/** Sets a road otherwise; what is on its way ends as it began, what comes goes by the new settings. */
export const setGateway = action('gateway.set', {
  input: v.object({ ...OneGateway.entries, ...Wish.entries }),
  may,
  // Which settings changed, never to what: an address may tell more than the record should.
  records: ({ gatewayId }, changed: string) =>
    changed === '' ? null : { subject: 'gateway', subjectId: gatewayId, facts: { changed } },
  async run(ctx, { gatewayId, ...wish }) {
    const standing = await gatewayById(ctx.db, gatewayId)
    if (!standing) throw new Refusal('gateway.not_found')
    const { fields } = gatewayKindOf(standing.channel, standing.kind)
    const next: Gateway = { ...standing, ...(await wished(ctx, fields, wish, standing)) }
    refuseIf(whyNotLead(fields, standing, next, wish.secret))
    await upsertGateway(ctx.db, next)
    return changesOf(standing, next).join(', ')
  },
})

/** A secret that stands is sent nowhere else than where whoever gave it meant it to go. */
function whyNotLead(fields: SettingFields, standing: Gateway, next: Gateway, secret: string): Refusal | null {
  const before = settingsOf(fields, standing.settings)
  const elsewhere = Object.entries(fields).some(
    ([name, { leadsTo }]) => leadsTo && before[name] !== next.settings[name],
  )
  return elsewhere && standing.secretSealed !== null && secret === ''
    ? new Refusal('gateway.secret_again', {}, 'secret')
    : null
}

async function wished(
  ctx: Ctx,
  fields: SettingFields,
  { organisation, settings, secret, ...rest }: Wished,
  { id, secretSealed }: Pick<Gateway, 'id' | 'secretSealed'>,
) {
  const organisationId =
    organisation === '' ? null : (await organisationIdsByCode(ctx.db, [organisation])).get(organisation)
  if (organisationId === undefined) throw new Refusal('gateway.no_organisation', {}, 'organisation')
  return {
    ...rest,
    organisationId,
    settings: checked(fields, settings),
    secretSealed: secret === '' ? secretSealed : await ctx.secrets.seal(secret, `gateway:${id}`),
    shareNow: rest.share,
  }
}

/** Those of its fields, each as given or as it is at first. @throws InputRefusal with every flaw at its field */
function checked(fields: SettingFields, given: Readonly<Record<string, SettingValue>>) {
  const problems = Object.entries(fields).flatMap(([name, field]) => {
    const flaw = flawOf(field, given[name] ?? field.initial)
    if (!flaw) return []
    return [
      new Refusal(`input.${flaw.code}`, flaw.limit === undefined ? {} : { limit: flaw.limit }, `settings.${name}`),
    ]
  })
  if (problems.length > 0) throw new InputRefusal(problems)
  return settingsOf(fields, given)
}

function changesOf(before: Gateway, after: Gateway): string[] {
  const { settings: old, ...one } = before
  const { settings: set, ...other } = after
  const names = (a: object, b: object) =>
    Object.entries(b).flatMap(([name, value]) => (value === (a as Record<string, unknown>)[name] ? [] : [name])) // compared by name
  return [...names(one, other), ...names(old, set)]
    .map((name) => (name === 'secretSealed' ? 'secret' : name))
    .toSorted()
}

/** Lets nothing go by it until it is taken up again; its receipts are still heard. */
export const pauseGateway = action('gateway.pause', {
  input: v.object({ ...OneGateway.entries, reason: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(1_000)) }),
  may,
  records: ({ gatewayId }) => ({ subject: 'gateway', subjectId: gatewayId, facts: {} }),
  async run(ctx, { gatewayId, reason }) {
    if (!(await gatewayById(ctx.db, gatewayId))) throw new Refusal('gateway.not_found')
    await updateGateway(ctx.db, gatewayId, { pausedAt: ctx.clock.now(), pausedReason: reason })
  },
})

export const resumeGateway = action('gateway.resume', {
  input: OneGateway,
  may,
  records: ({ gatewayId }) => ({ subject: 'gateway', subjectId: gatewayId, facts: {} }),
  async run(ctx, { gatewayId }) {
    if (!(await gatewayById(ctx.db, gatewayId))) throw new Refusal('gateway.not_found')
    await updateGateway(ctx.db, gatewayId, { pausedAt: null, pausedReason: null })
  },
})

/**
 * Says that one text of a try may go by a simulated road, outside of the ledger; whoever asked sends it then.
 *
 * @throws Refusal `gateway.not_simulated` for one behind which people stand.
 */
export const tryGateway = action('gateway.try', {
  input: v.object({ ...OneGateway.entries, what: v.pipe(v.string(), v.maxLength(40)) }),
  may,
  records: ({ gatewayId, what }) => ({ subject: 'gateway', subjectId: gatewayId, facts: { what } }),
  async run(ctx, { gatewayId }) {
    const gateway = await gatewayById(ctx.db, gatewayId)
    if (!gateway) throw new Refusal('gateway.not_found')
    if (!gateway.simulated) throw new Refusal('gateway.not_simulated')
    return gateway
  },
})
