import { error } from '@sveltejs/kit'
import { TRIAL_STATION } from '#app/demonstration-slots.ts'
import { guidedVisit, type VisitStep } from '#app/guided-visit.ts'
import { stationByCode } from '#core/station/index.ts'
import { paths } from '#web/paths.ts'
import type { PageServerLoad } from './$types.ts'

const WHERE: Readonly<Record<VisitStep, string>> = {
  plan: paths.plans,
  task: paths.tasks,
  message: paths.messages,
  review: paths.today,
  propose: paths.messages,
  press: paths.releases,
  arrive: paths.releases,
  hear: paths.stations,
  prove: paths.evidenceSend,
  accept: paths.evidenceQueue,
  report: paths.reports,
}

export const load: PageServerLoad = async ({ locals: { ctx } }) => {
  const steps = await guidedVisit(ctx)
  if (!steps) error(404)
  const station = await stationByCode(ctx.db, TRIAL_STATION)
  const hear = station ? paths.stationListen(station.id) : WHERE.hear
  return {
    steps: steps.map((one) => ({ ...one, href: one.step === 'hear' ? hear : WHERE[one.step] })),
    next: steps.find(({ gone }) => !gone)?.step ?? null,
  }
}
