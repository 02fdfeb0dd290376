import * as v from 'valibot'
import { job, Refusal, type Ctx } from '../kernel/index.ts'
import { dropFolder, type Dropped, type DropFolder } from './drop-folder.ts'
import { takeLeft } from './receive-package.ts'

/** Takes what other programs have left in the folder that is shared with them, if there is one. */
export const takeDroppedJob = job('bridge.take_dropped', {
  payload: v.object({}),
  every: '* * * * *',
  retry: { times: 0, firstAfterSeconds: 0 },
  async run(ctx) {
    const folder = dropFolder()
    if (folder) await takeDropped(ctx, folder)
  },
})

/**
 * Takes each package that lies still, and puts it aside as done, or as refused with the reason. What cannot be read and was
 * written to a short while ago may be half of something, and waits. A fault of ours leaves the package where it is and
 * keeps no other from being taken.
 */
async function takeDropped(ctx: Ctx, folder: DropFolder): Promise<void> {
  const faults: unknown[] = []
  for (const dropped of await folder.lying(ctx.clock.now())) {
    await takeOne(ctx, folder, dropped).catch((thrown: unknown) => faults.push(thrown))
  }
  if (faults.length > 0) throw new AggregateError(faults, 'Packages that were left for the bridge could not be taken')
}

async function takeOne(ctx: Ctx, folder: DropFolder, { name, isOld }: Dropped): Promise<void> {
  try {
    await takeLeft(ctx, name, await folder.read(name))
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown
    if (isOld) await folder.refuse(name, thrown)
    return
  }
  await folder.done(name)
}
