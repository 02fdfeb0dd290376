import {
  letterOf,
  type AttachedPicture,
  type KitItem,
  type KitWords,
  type MailOut,
} from '../channels/press/press-kit.ts'
import type { Ctx, Id } from '../core/kernel/index.ts'
import { sizeOf } from '../core/media/index.ts'
import { wireOf, wireToken, type KitMailer } from '../core/press/index.ts'
import { pressAddresses } from './press-addresses.ts'
import { surroundingsOf } from './press-wire.ts'
import type { Words } from './wording/words.ts'

/** Mails press kits by `out`; `origin` is the address under which people reach these pages, `w` is Vietnamese. */
export function pressKitMailer(out: MailOut, { origin, w }: { readonly origin: string; readonly w: Words }): KitMailer {
  return async (ctx, outlet, standing) => {
    const [wire, token] = [await wireOf(ctx.db, outlet.id), await wireToken(ctx, outlet.id)]
    if (standing.length === 0 || !wire || !token) return { kind: 'refused', reason: 'wire_shut' }
    const asked = { wire, addresses: pressAddresses(origin, token), w }
    const items: KitItem[] = []
    for (const item of standing) items.push({ item, around: await surroundingsOf(ctx, item, asked) })
    const attached = await attachedOf(ctx, items, out.mostAttachedBytes)
    return out.send(ctx, letterOf({ to: outlet.address, items, attached }, wordsIn(w)))
  }
}

/** The pictures of all items, each once; as many of them attached as a letter carries. */
async function attachedOf(ctx: Ctx, items: readonly KitItem[], mostBytes: number): Promise<AttachedPicture[]> {
  const pictures = new Map(items.flatMap(({ around }) => around.pictures.map((one) => [one.id, one] as const)))
  const attached: AttachedPicture[] = []
  let left = mostBytes
  for (const picture of pictures.values()) {
    const size = await sizeOf(ctx.db, picture.id as Id<'media'>, 'large') // an id, as picturesOf read it
    const bytes = size ? await ctx.files.get(size.sha256) : null
    const fits = bytes !== null && bytes.length <= left
    if (fits) left -= bytes.length
    attached.push({ picture, bytes: fits ? bytes : null })
  }
  return attached
}

function wordsIn(w: Words): KitWords {
  return {
    subject: ({ editorial, title }) =>
      w(editorial === 'news' ? 'press_kit_subject' : `press_kit_subject_${editorial}`, { title }),
    pictures: w('press_kit_pictures'),
    linked: (address) => w('press_kit_picture_linked', { address }),
    rights: ({ rightsOwner, rightsTerms }) => w('press_wire_rights', { owner: rightsOwner, terms: rightsTerms }),
    contact: (contact) => w('press_kit_contact', { contact }),
  }
}
