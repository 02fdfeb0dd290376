import type { ChannelKey } from '../core/channel/index.ts'
import type { Ctx, Id } from '../core/kernel/index.ts'
import { addRendition, messageById, startMessage } from '../core/message/index.ts'
import type { OutletRow } from '../core/outlet/index.ts'
import { decideReview, submitMessage } from '../core/review/index.ts'

const EMPTY = { languages: '', address: '', quiet_from: '', quiet_to: '', alive_from: '', alive_to: '', note: '' }

/** A row of the table of outlets, for tests. */
export function outletRow(
  given: Pick<OutletRow, 'code' | 'channel' | 'means' | 'place' | 'organisation'> & Partial<OutletRow>,
): OutletRow {
  return { ...EMPTY, name: given.code, kind: 'other', ...given }
}

/** A notice that its one step, the leader's, has approved. */
export async function approvedNotice(
  writer: Ctx,
  leader: Ctx,
  organisationId: Id<'organisation'>,
  channels: readonly ChannelKey[],
): Promise<Id<'message'>> {
  const words = { title: 'Cảnh giác', lead: '', body: 'Hỏi xã trước khi đi.', callToAction: 'Hãy gọi {{111}}.' }
  const messageId = await startMessage(writer, { ...words, kind: 'notice', workingTitle: 'Cảnh giác', organisationId })
  for (const channel of channels) await addRendition(writer, { messageId, channel, language: 'vi' })
  await submitMessage(writer, { messageId })
  const message = await messageById(writer.db, messageId)
  if (!message) throw new Error('the message has just been written')
  const { contentHash } = message
  await decideReview(leader, { messageId, step: 'lead', verdict: 'approve', contentHash })
  return messageId
}
