import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CHANNEL_RULES } from '../channels/index.ts'
import type { ChannelKey, MessageKind } from '../core/channel/index.ts'
import { castOf, type Cast } from '../core/identity/cast.build.ts'
import type { Ctx, Id, Role } from '../core/kernel/index.ts'
import { addRendition, composeWith, messageById, recordConsent, startMessage } from '../core/message/index.ts'
import { organisationHierarchy, organisationIdsByCode } from '../core/organisation/index.ts'
import { decideReview, reviewsOf, setSteps, submitMessage } from '../core/review/index.ts'
import { openTestDatabase, person, testCtx, type TestDatabase } from '../testing/index.ts'

let database: TestDatabase
let ctx: Ctx
let cast: Cast
let bodies: ReadonlyMap<string, Id<'organisation'>>
let writer: Ctx
let system: Ctx

beforeAll(async () => {
  composeWith(CHANNEL_RULES)
  database = await openTestDatabase('province')
  ctx = testCtx(database.db, {
    hierarchy: organisationHierarchy,
    clock: { now: () => new Date('2026-11-24T03:00:00Z') },
  })
  system = { ...ctx, actor: { kind: 'system', name: 'test' } }
  cast = castOf(database, { hierarchy: organisationHierarchy })
  bodies = await organisationIdsByCode(ctx.db, ['SVHTTDL-LC-2025', 'SYT-LC-2025', 'SNV-LC-2025', 'CAT-LC-2025'])
  writer = await somebody('hoa', 'campaign_officer', 'SVHTTDL-LC-2025')
})
afterAll(() => database.close())

async function somebody(username: string, role: Role, code: string): Promise<Ctx> {
  const { id } = await cast.someone(username)
  return { ...ctx, actor: person(id, [{ role, organisationId: bodies.get(code)!, delegationId: null }], username) }
}

async function submitted(kind: MessageKind, channels: readonly ChannelKey[]) {
  const messageId = await startMessage(writer, {
    kind,
    workingTitle: 'Thử',
    organisationId: bodies.get('SVHTTDL-LC-2025')!,
    title: 'Cảnh giác',
    lead: 'Mai kể lại.',
    body: 'Tên nhân vật đã thay đổi.',
    callToAction: 'Hãy gọi {{111}}.',
  })
  for (const channel of channels) await addRendition(writer, { messageId, channel, language: 'vi' })
  const consent = {
    messageId,
    who: 'Người kể',
    pseudonym: 'Mai',
    scope: 'Kể',
    givenOn: '2020-01-01',
    channels: [...channels],
  }
  if (kind === 'story') await recordConsent(writer, consent)
  await submitMessage(writer, { messageId })
  const [review] = await reviewsOf(ctx.db, messageId)
  return {
    messageId,
    names: review?.parts.map(({ name }) => name),
    contentHash: (await messageById(ctx.db, messageId))!.contentHash,
  }
}

const edit = { ordinal: 1, name: 'edit' as const, role: 'reviewer' as const, days: 2 }
const orientation = { ordinal: 2, name: 'orientation' as const, role: 'reviewer' as const, days: 2 }

describe('steps', () => {
  test('of a channel are taken where the message goes out by it, and nowhere else', async () => {
    const steps = [edit, { ...orientation, organisationKinds: ['party' as const], channels: ['press' as const] }]
    await setSteps(system, { messageKind: 'notice', steps })
    expect((await submitted('notice', ['portal'])).names).toEqual(['edit'])
    expect((await submitted('notice', ['portal', 'press'])).names).toEqual(['edit', 'orientation'])
  })

  test('are refused when another channel would have none, or a survivor’s story no safeguard', async () => {
    const press = { ...edit, channels: ['press' as const] }
    await expect(setSteps(system, { messageKind: 'notice', steps: [press] })).rejects.toMatchObject({
      code: 'review.no_common_step',
    })
    const unguarded = {
      ...edit,
      name: 'survivor' as const,
      channels: ['portal' as const],
      organisationKinds: ['police' as const],
    }
    for (const steps of [[edit], [edit, unguarded], [edit, { ...unguarded, channels: [], organisationKinds: [] }]]) {
      await expect(setSteps(system, { messageKind: 'story', steps })).rejects.toMatchObject({
        code: 'review.no_survivor_step',
      })
    }
  })
})

describe('a survivor’s story', () => {
  test.each([
    ['CAT-LC-2025', null],
    ['SYT-LC-2025', null],
    ['SNV-LC-2025', 'review.other_body'],
  ])('is looked at by %s: refused %s', async (code, refusal) => {
    const { messageId, names, contentHash } = await submitted('story', ['portal'])
    expect(names).toEqual(['edit', 'survivor', 'lead'])
    const editor = await somebody(`bt-${code}`, 'reviewer', 'SVHTTDL-LC-2025')
    await decideReview(editor, { messageId, step: 'edit', verdict: 'approve', contentHash })
    const guardian = await somebody(`bv-${code}`, 'content_officer', code)
    const decided = decideReview(guardian, { messageId, step: 'survivor', verdict: 'approve', contentHash })
    await (refusal
      ? expect(decided).rejects.toMatchObject({ code: refusal })
      : expect(decided).resolves.toBeUndefined())
  })
})
