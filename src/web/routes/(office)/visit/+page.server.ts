import { error } from '@sveltejs/kit'
import { guidedVisit, type VisitStep } from '#app/guided-visit.ts'
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
  prove: paths.evidenceSend,
  accept: paths.evidenceQueue,
  report: paths.reports,
}

export const load: PageServerLoad = async ({ locals: { ctx } }) => {
  const steps = await guidedVisit(ctx)
  if (!steps) error(404)
  return {
    steps: steps.map((one) => ({ ...one, href: WHERE[one.step] })),
    next: steps.find(({ gone }) => !gone)?.step ?? null,
  }
}
