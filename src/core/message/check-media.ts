import type { MessageKind } from '../channel/index.ts'
import { mediaById, whyNotInStory, whyNotUse } from '../media/index.ts'
import type { Ctx, Day, Finding, Id } from '../kernel/index.ts'

/** A picture of the library in a body, as `![what it shows](media:<id>)`. */
const PICTURE = /!\[([^\]\n]*)\]\(media:([^)\s]*)\)/gu
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Pictures that are none, that may show who must not be known beside a survivor's story, or that may not be used on this day, or that say nothing to who does not see them. */
export async function checkMedia(ctx: Ctx, kind: MessageKind, body: string, day: Day): Promise<Finding[]> {
  const found: Finding[] = []
  for (const match of body.matchAll(PICTURE)) {
    const [mark, alternative = '', id = ''] = match
    const span = [match.index, match.index + mark.length] as const
    const media = ID.test(id) ? await mediaById(ctx.db, id as Id<'media'>) : null // as its pattern says
    const refusal = media && (whyNotUse(media, day) ?? (kind === 'story' ? whyNotInStory(media) : null))
    const at = { weight: 'block' as const, field: 'body', span, mend: null }
    if (!media) found.push({ ...at, code: 'picture.unknown', facts: {} })
    else if (refusal)
      found.push({
        ...at,
        code: refusal.code.replace('media.', 'picture.'),
        facts: { ...refusal.facts, title: media.title },
      })
    else if (alternative.trim() === '') {
      const mend = `![${media.alternative}](media:${id})`
      found.push({ ...at, code: 'picture.no_alternative', facts: { title: media.title }, mend })
    }
  }
  return found
}
