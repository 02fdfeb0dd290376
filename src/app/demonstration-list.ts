import { SENTINELS } from '../channels/bulletin/simulator/sentinels.ts'
import { dayAt, type Ctx } from '../core/kernel/index.ts'
import { importSubscribers, listsAfter, openList, previewSubscribers } from '../core/subscriber/index.ts'
import { playMail } from './mail.ts'

const READERS = 24

/**
 * The list of the demonstration, open to all, with readers who are nobody: most take their mail, and one of each kind
 * does not, so that every end of a letter can be seen.
 */
export async function addDemonstrationList(ctx: Ctx): Promise<void> {
  await playMail(ctx)
  const [list] = await listsAfter(ctx, null, 1)
  if (!list) return
  const outletId = list.outlet.id
  await openList(ctx, { outletId })
  const names = [...Array.from({ length: READERS }, (_, at) => `docgia.${at + 1}`), ...SENTINELS]
  const rows = names.map((name) => ({
    contact: `${name}@nguoidoc.example`,
    language: '',
    consent_on: dayAt(ctx.clock.now()),
    consent_note: 'Người đọc giả của bản trình diễn',
  }))
  const { importId } = await previewSubscribers(ctx, { outletId, rows })
  if (importId) await importSubscribers(ctx, { importId, outletId })
}
