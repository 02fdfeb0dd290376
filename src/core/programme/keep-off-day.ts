import * as v from 'valibot'
import { actingPerson, action, DaySchema, idOf, newId, Refusal, type Ctx, type Id, type Role } from '../kernel/index.ts'
import { organisationsWhere } from '../organisation/index.ts'
import { deleteOffDay, insertOffDay, offDayById } from './slot.store.ts'

export const OFF_KINDS = ['holiday', 'exam', 'mourning', 'other'] as const

const KEEPERS: readonly Role[] = ['administrator', 'campaign_officer', 'leader']

/** What stands in the way of who would keep silent the stations of all bodies; null where they answer for the province. */
export async function whyNotAllStations({ db, actor }: Ctx): Promise<Refusal | null> {
  if (actor.kind !== 'person') return null
  const grants = actor.grants.filter(({ role }) => KEEPERS.includes(role))
  const bodies = await organisationsWhere(
    db,
    grants.map(({ organisationId }) => organisationId),
  )
  if (bodies.some(({ level }) => level === 'province' || level === 'national')) return null
  return new Refusal('programme.off_day_of_all', {})
}

/** Names days on which ordinary notices, or all but an emergency, are laid nowhere: for the stations of a body, or for all. */
export const keepOffDay = action('programme.keep_off_day', {
  input: v.object({
    fromDay: DaySchema,
    toDay: DaySchema,
    name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200)),
    kind: v.picklist(OFF_KINDS),
    stops: v.picklist(['ordinary', 'all']),
    organisationId: v.nullable(idOf<'organisation'>()),
  }),
  may: {
    who: 'roles',
    roles: KEEPERS,
    within: async (_ctx: Ctx, { organisationId }: { readonly organisationId: Id<'organisation'> | null }) =>
      organisationId,
  },
  records: ({ fromDay, toDay, kind }, id: Id<'off_day'>) => ({
    subject: 'off_day',
    subjectId: id,
    facts: { from: fromDay, to: toDay, kind },
  }),
  async run(ctx, given) {
    if (given.fromDay > given.toDay) throw new Refusal('programme.days_turned', {}, 'toDay')
    const refusal = given.organisationId === null ? await whyNotAllStations(ctx) : null
    if (refusal) throw refusal
    const id = newId<'off_day'>()
    const keptBy = actingPerson(ctx)
    await insertOffDay(ctx.db, { ...given, id, keptBy, keptAt: ctx.clock.now() })
    return id
  },
})

export const dropOffDay = action('programme.drop_off_day', {
  input: v.object({ offDayId: idOf<'off_day'>() }),
  may: {
    who: 'roles',
    roles: KEEPERS,
    within: async (ctx, { offDayId }) => (await offDayById(ctx.db, offDayId))?.organisationId ?? null,
  },
  records: ({ offDayId }) => ({ subject: 'off_day', subjectId: offDayId, facts: {} }),
  async run(ctx, { offDayId }) {
    const day = await offDayById(ctx.db, offDayId)
    const refusal = day?.organisationId === null ? await whyNotAllStations(ctx) : null
    if (refusal) throw refusal
    await deleteOffDay(ctx.db, offDayId)
  },
})
