import * as v from 'valibot'
import { action, idOf, Refusal, tidy, type Ctx, type Id } from '../kernel/index.ts'
import { organisationsWhere, type Organisation } from '../organisation/index.ts'
import { placeById } from '../place/index.ts'
import { letterheadById, upsertLetterhead } from './letterhead.store.ts'
import type { Letterhead } from './paper.ts'

const words = (most: number) => v.pipe(v.string(), v.transform(tidy), v.minLength(1), v.maxLength(most))

/** Says what stands above the documents of a body; what was issued keeps what it was issued with. */
export const setLetterhead = action('document.set_letterhead', {
  input: v.object({
    organisationId: idOf<'organisation'>(),
    superior: v.nullable(words(200)),
    issuer: words(200),
    // The head of the body fixes it, short and plain (decree 30/2020, annex I, part I, II.3b).
    abbreviation: v.pipe(words(30), v.regex(/^[\p{L}\p{N}]+([.&-][\p{L}\p{N}]+)*$/u)),
    place: words(100),
  }),
  may: {
    who: 'roles',
    roles: ['administrator', 'campaign_officer', 'leader'],
    within: (_ctx, { organisationId }) => organisationId,
  },
  records: ({ organisationId }) => ({ subject: 'organisation', subjectId: organisationId, facts: {} }),
  async run(ctx, { organisationId, ...letterhead }) {
    await upsertLetterhead(ctx.db, organisationId, letterhead)
  },
})

/** What stands above the documents of a body: as it was set, else as its name, its superior and its place let one guess. */
export async function letterheadOf(ctx: Ctx, organisationId: Id<'organisation'>): Promise<Letterhead> {
  const set = await letterheadById(ctx.db, organisationId)
  if (set) return set
  const [body] = await organisationsWhere(ctx.db, [organisationId])
  if (!body) throw new Refusal('organisation.not_found')
  const [superior] = body.parentId ? await organisationsWhere(ctx.db, [body.parentId]) : []
  const place = await placeById(ctx.db, body.placeId)
  return guessed(body, superior ?? null, place?.name ?? '')
}

/** A people's committee stands alone on its paper; a department stands under the committee it belongs to. */
function guessed(body: Organisation, superior: Organisation | null, placeName: string): Letterhead {
  const alone = body.kind === 'peoples_committee' || superior === null
  return {
    superior: alone ? null : superior.name.replace(/^Ủy ban nhân dân/u, 'UBND'),
    issuer: body.name,
    abbreviation: body.kind === 'peoples_committee' ? 'UBND' : initialsOf(body),
    place: placeName.replace(/^(Tỉnh|Thành phố|Huyện|Xã|Phường|Thị trấn|Đặc khu)\s+/u, ''),
  }
}

/** `Sở VHTTDL` → `SVHTTDL`; without an alias the first letters: `Sở Nội vụ` → `SNV`. */
function initialsOf({ name, aliases }: Organisation): string {
  const alias = aliases.find((one) => /^\p{Lu}\p{Ll}* ?\p{Lu}{2,}$/u.test(one))
  if (alias) return alias.replace(/\p{Ll}| /gu, '')
  return name
    .split(/[\s,–-]+/u)
    .filter((word) => !/^(và|tỉnh|xã|phường)$/iu.test(word))
    .map((word) => word.charAt(0).toLocaleUpperCase('vi'))
    .join('')
}
