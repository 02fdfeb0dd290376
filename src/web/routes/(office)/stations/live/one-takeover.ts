import { namesOfPeople } from '#core/identity/index.ts'
import { Refusal, type Ctx } from '#core/kernel/index.ts'
import { takeoverById, type Takeover } from '#core/takeover/index.ts'
import { givenId } from '#web/lib/given-id.ts'

/** The takeover that an address names. @throws Refusal `takeover.not_found` */
export async function takeoverNamed(ctx: Ctx, given: string | undefined): Promise<Takeover> {
  const id = givenId<'takeover'>(given)
  const takeover = id && (await takeoverById(ctx.db, id))
  if (!takeover) throw new Refusal('takeover.not_found')
  return takeover
}

/** Who did what to it, by name; empty where nobody did. */
export async function peopleOf(ctx: Ctx, { askedBy, approvedBy, droppedBy, endedBy }: Takeover) {
  const all = { askedBy, approvedBy, droppedBy, endedBy }
  const names = await namesOfPeople(
    ctx.db,
    Object.values(all).filter((id) => id !== null),
  )
  const nameOf = (id: string | null) => (id && names.get(id)) ?? ''
  return {
    askedBy: nameOf(askedBy),
    approvedBy: nameOf(approvedBy),
    droppedBy: nameOf(droppedBy),
    endedBy: nameOf(endedBy),
  }
}
