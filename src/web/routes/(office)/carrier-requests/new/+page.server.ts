import { carriersOf, prepareCarrierRequest, whyNotPrepare } from '#core/carrier/index.ts'
import { dayAt, Refusal } from '#core/kernel/index.ts'
import { messageById } from '#core/message/index.ts'
import { organisationsWhere } from '#core/organisation/index.ts'
import { placeById } from '#core/place/index.ts'
import { releaseById } from '#core/release/index.ts'
import { sentenceOf } from '#app/wording/words.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { givenId } from '#web/lib/given-id.ts'
import { paths } from '#web/paths.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx, w }, url }) => {
  const id = givenId<'release'>(url.searchParams.get('release'))
  const release = id && (await releaseById(ctx.db, id))
  if (!release) throw new Refusal('release.not_found')
  const [body] = await organisationsWhere(ctx.db, [release.organisationId])
  const place = body && (await placeById(ctx.db, body.placeId))
  const wish = { releaseId: release.id } as Parameters<typeof prepareCarrierRequest.whyNot>[1] // who may depends on the release alone
  const refusal = (await prepareCarrierRequest.whyNot(ctx, wish)) ?? (await whyNotPrepare(ctx, release.id))
  const fromDay = dayAt(release.startsAt)
  return {
    release: { id: release.id, title: (await messageById(ctx.db, release.messageId))?.workingTitle ?? '' },
    carriers: (await carriersOf(ctx, release.id)).map(({ outlet }) => outlet.name),
    area: place ? w('carrier_area_default', { place: place.name.replace(/^Tỉnh/u, 'tỉnh') }) : '',
    fromDay,
    toDay: release.endsAt ? dayAt(release.endsAt) : fromDay,
    whyNot: refusal && sentenceOf(w, refusal),
  }
}

const FIELDS = [
  'area',
  'hourFrom',
  'hourTo',
  'fromDay',
  'toDay',
  'senderName',
  'reason',
  'position',
  'signer',
  'forHead',
  'unit',
] as const

export const actions: Actions = {
  default: act(prepareCarrierRequest, {
    input: (data, { url }) => ({
      ...(Object.fromEntries(FIELDS.map((name) => [name, fieldOf(data, name)])) as Record<
        (typeof FIELDS)[number],
        string
      >), // each field once
      releaseId: url.searchParams.get('release') ?? '',
    }),
    then: (id) => `${paths.carrierRequest(id)}?done=carrier_prepared`,
  }),
}
