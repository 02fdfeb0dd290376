import type { Words } from '#app/wording/words.ts'
import {
  ALARM_KINDS,
  alarmsWhere,
  livingWorkers,
  patienceOf,
  setPatience,
  type Alarm,
  type Worker,
} from '#core/alarm/index.ts'
import type { Ctx } from '#core/kernel/index.ts'
import { organisationsWhere } from '#core/organisation/index.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { sentenceOf } from '#app/wording/words.ts'
import { momentWords } from '#web/lib/date-words.ts'
import { givenId } from '#web/lib/given-id.ts'
import { paths, withQuery } from '#web/paths.ts'
import type { Actions, PageServerLoad } from './$types.ts'
import { shownAlarm } from './shown-alarms.ts'

const PER_PAGE = 50

export const load: PageServerLoad = async ({ locals: { ctx, w }, url }) => {
  const kind = ALARM_KINDS.find((one) => one === url.searchParams.get('kind')) ?? null
  const open = url.searchParams.get('state') !== 'cleared'
  const id = givenId<'alarm'>(url.searchParams.get('id'))
  const at = new Date(url.searchParams.get('at') ?? '')
  const before = id && !Number.isNaN(at.getTime()) ? { id, at } : null
  const found = await alarmsWhere(ctx.db, { open, ...(kind && { kinds: [kind] }) }, before, PER_PAGE + 1)
  const shown = found.slice(0, PER_PAGE)
  const last = found.length > PER_PAGE ? shown.at(-1) : undefined
  const lastAt = last && (open ? last.since : last.clearedAt)
  const patience = await patienceOf(ctx.db)
  const may = await setPatience.whyNot(ctx, patience)
  return {
    open,
    kind,
    alarms: await lines(ctx, w, shown),
    workers: (await livingWorkers(ctx.db)).map((worker) => lineOfWorker(w, worker)),
    patience: Object.entries(patience).map(([name, hours]) => ({ name, hours })),
    whyNotPatience: may && sentenceOf(w, may),
    here: { open: withQuery(url, { ...START, state: null }), cleared: withQuery(url, { ...START, state: 'cleared' }) },
    first: before ? withQuery(url, START) : null,
    next: last && lastAt ? withQuery(url, { id: last.id, at: lastAt.toISOString() }) : null,
  }
}

const START = { id: null, at: null }

async function lines(ctx: Ctx, w: Words, alarms: readonly Alarm[]) {
  const ids = [...new Set(alarms.flatMap(({ organisationId }) => organisationId ?? []))]
  const names = new Map((await organisationsWhere(ctx.db, ids)).map(({ id, name }) => [id, name]))
  return alarms.map((alarm) => ({
    ...shownAlarm(w, alarm),
    key: alarm.id,
    who: (alarm.organisationId && names.get(alarm.organisationId)) ?? w('alarms_administrators'),
    told: alarm.toldAt ? w('alarms_told_at', { at: momentWords(alarm.toldAt) }) : w('alarms_not_told'),
    clearedAt: alarm.clearedAt,
  }))
}

function lineOfWorker(w: Words, { id, host, pid, works, startedAt, seenAt }: Worker) {
  const does = w(`worker_works_${works.length > 1 ? 'both' : works[0]}`)
  return { key: id, where: `${host} · ${pid}`, does, startedAt, seenAt }
}

export const actions: Actions = {
  patience: act(setPatience, {
    input: (data) => ({
      outlet_silent: Number(fieldOf(data, 'outlet_silent')),
      people_silent: Number(fieldOf(data, 'people_silent')),
      unknown_waiting: Number(fieldOf(data, 'unknown_waiting')),
      device_silent: Number(fieldOf(data, 'device_silent')),
    }),
    then: () => `${paths.alarms}?done=alarm_patience`,
  }),
}
