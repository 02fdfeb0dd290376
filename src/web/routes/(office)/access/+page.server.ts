import * as board from '#core/board/index.ts'
import * as bridge from '#core/bridge/index.ts'
import * as evidence from '#core/evidence/index.ts'
import * as figure from '#core/figure/index.ts'
import * as carrier from '#core/carrier/index.ts'
import * as document from '#core/document/index.ts'
import * as fact from '#core/fact/index.ts'
import * as identity from '#core/identity/index.ts'
import { dayAt, whyNotSee, type Action, type May, type Role } from '#core/kernel/index.ts'
import * as media from '#core/media/index.ts'
import * as message from '#core/message/index.ts'
import * as organisation from '#core/organisation/index.ts'
import * as place from '#core/place/index.ts'
import * as plan from '#core/plan/index.ts'
import * as press from '#core/press/index.ts'
import * as review from '#core/review/index.ts'
import * as subscriber from '#core/subscriber/index.ts'
import * as task from '#core/task/index.ts'
import * as webhook from '#core/webhook/index.ts'
import type { PageServerLoad } from './$types.ts'

const SLICES = {
  plan,
  message,
  review,
  press,
  webhook,
  board,
  bridge,
  media,
  document,
  carrier,
  task,
  evidence,
  figure,
  subscriber,
  organisation,
  place,
  fact,
  identity,
}

/** Every action of every slice with who may do it, straight from the actions themselves, and who holds which role. */
export const load: PageServerLoad = async ({ locals: { ctx, w } }) => ({
  slices: Object.entries(SLICES).map(([slice, door]) => ({
    slice,
    actions: Object.values(door)
      .filter(isAction)
      .map(({ actionName, may }) => ({
        key: actionName,
        words: w.has(wordingOf(actionName)) ? w(wordingOf(actionName)) : actionName,
        who: may.who,
        roles: rolesOf(may),
      })),
  })),
  members: await organisation.membershipsOn(ctx.db, dayAt(ctx.clock.now())),
  mayManage: whyNotSee(ctx, ['administrator']) === null,
})

function isAction(thing: unknown): thing is Action {
  return typeof thing === 'function' && 'actionName' in thing
}

function wordingOf(actionName: string): string {
  return `audit_${actionName.replaceAll('.', '_')}`
}

function rolesOf<Input>(may: May<Input>): readonly Role[] {
  return may.who === 'roles' ? may.roles : []
}
