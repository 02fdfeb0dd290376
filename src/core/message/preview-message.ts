import type { RenditionText } from '../channel/index.ts'
import type { Ctx } from '../kernel/index.ts'
import { compose } from './compose-renditions.ts'
import { groundOf } from './master-text.ts'
import { versionOf } from './message.store.ts'
import { MASTER_FIELDS, type Message } from './message.ts'
import { renditionsOf } from './rendition.store.ts'

/** How renditions that nobody has changed by hand would read with these words, by id: nothing is written. */
export async function previewMessage(
  ctx: Ctx,
  message: Message,
  typed: Readonly<Record<string, string>>,
): Promise<Record<string, RenditionText>> {
  const version = await versionOf(ctx.db, message.id, message.currentVersion)
  if (!version) return {}
  const words = { ...version, ...Object.fromEntries(MASTER_FIELDS.map((name) => [name, typed[name] ?? version[name]])) }
  const ground = await groundOf(ctx, message.organisationId)
  const own = (await renditionsOf(ctx.db, message.id)).filter(
    ({ current, language }) => current.composed && language === message.language,
  )
  return Object.fromEntries(own.map(({ id, channel }) => [id, compose(message, words, channel, ground).fields]))
}
