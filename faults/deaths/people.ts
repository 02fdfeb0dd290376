import type { Ctx, Id } from '../../src/core/kernel/index.ts'
import { deliveriesOf, resolveUnknown } from '../../src/core/release/index.ts'
import { acceptTask, attachOutput, finishTask, taskById } from '../../src/core/task/index.ts'
import type { World } from './world.ts'

/** What people do in any story: those at outlets do their tasks, one in three outcomes nobody knows of is looked into. */
export async function peopleAct(world: World, releaseId: Id<'release'>): Promise<number> {
  return (await doTasks(world, releaseId)) + (await lookInto(world, releaseId))
}

async function doTasks({ stage }: World, releaseId: Id<'release'>): Promise<number> {
  const rows = await deliveriesOf(
    stage.ctx.db,
    releaseId,
    { ...ALL, state: 'accepted', channel: 'loudspeaker' },
    null,
    50,
  )
  for (const { taskId } of rows) if (taskId) await doTask(stage.commune, taskId)
  return rows.length
}

async function doTask(ctx: Ctx, taskId: Id<'task'>): Promise<void> {
  const task = await taskById(ctx.db, taskId)
  if (task?.state === 'set') await acceptTask(ctx, { taskId })
  await attachOutput(ctx, { taskId, kind: 'note', title: 'Đã phát', value: '16 giờ 30' })
  await finishTask(ctx, { taskId })
}

/** Rows of machines that cannot be asked: a person goes and sees. Some never do. */
async function lookInto({ stage, receiver }: World, releaseId: Id<'release'>): Promise<number> {
  const rows = await deliveriesOf(stage.ctx.db, releaseId, { ...ALL, state: 'unknown', channel: 'board' }, null, 50)
  let settled = 0
  for (const { id: deliveryId } of rows.filter(({ id }) => parseInt(id.slice(0, 2), 16) % 3 === 0)) {
    await resolveUnknown(stage.writer, { releaseId, deliveryId, arrived: receiver.has(deliveryId), note: 'Đã đến xem' })
    settled += 1
  }
  return settled
}

const ALL = { by: 'outlet' as const }
