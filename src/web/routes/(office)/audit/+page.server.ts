import { entriesBefore } from '#core/audit/index.ts'
import { namesOfPeople } from '#core/identity/index.ts'
import { refuseIf, whyNotSee } from '#core/kernel/index.ts'
import type { PageServerLoad } from './$types.ts'

const PER_PAGE = 50
/** The record names who did what: for those who answer for it. */
const READERS = ['administrator', 'leader', 'campaign_officer', 'observer'] as const

export const load: PageServerLoad = async ({ locals: { ctx, w }, url }) => {
  refuseIf(whyNotSee(ctx, READERS))
  const before = Number(url.searchParams.get('before')) || null
  const found = await entriesBefore(ctx.db, before, PER_PAGE + 1)
  const entries = found.slice(0, PER_PAGE)
  const people = entries.filter(({ actorKind }) => actorKind === 'person').map(({ actor }) => actor)
  const names = await namesOfPeople(ctx.db, [...new Set(people)])
  return {
    entries: entries.map(({ seq, at, actorKind, actor, action, subject, subjectId, hash }) => {
      const key = `audit_${action.replaceAll('.', '_')}`
      const who =
        actorKind === 'person'
          ? (names.get(actor) ?? actor)
          : w(actorKind === 'system' ? 'audit_by_system' : 'audit_by_stranger')
      return { key: String(seq), at, actor: who, words: w.has(key) ? w(key) : action, subject, subjectId, hash }
    }),
    newer: before ? url.pathname : null,
    older: found.length > PER_PAGE ? `${url.pathname}?before=${entries.at(-1)?.seq ?? 0}` : null,
  }
}
