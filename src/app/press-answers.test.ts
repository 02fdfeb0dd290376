import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pressSender } from '../channels/press/press-sender.ts'
import type { Ctx, Id } from '../core/kernel/index.ts'
import {
  answerByLink,
  answerForNewsroom,
  answersOf,
  answerTokenOf,
  itemOfLink,
  itemsBefore,
  openWire,
  secretOf,
  wireOf,
  type StandingItem,
} from '../core/press/index.ts'
import { sendWith } from '../core/release/index.ts'
import { person, stillClock } from '../testing/index.ts'
import { newsroom, openFollowStage, type FollowStage } from './press.build.ts'

const clock = stillClock('2026-11-24T02:00:00Z')
let stage: FollowStage
let ctx: Ctx
let room: Id<'outlet'>
let item: StandingItem
let token: string

beforeAll(async () => {
  sendWith(pressSender)
  stage = await openFollowStage(clock, [newsroom({ code: 'BAO-1', organisation: 'SVHTTDL-LC-2025' })], ['press'])
  ctx = { ...stage.ctx, actor: { kind: 'nobody' } }
  room = stage.idOf('BAO-1')
  await openWire(stage.system, { outletId: room })
  await stage.release(await stage.approved())
  item = (await itemsBefore(ctx.db, { outletId: room, filter: {}, limit: 1 }, null))[0]!
  token = await linkOf(item)
  clock.set('2026-11-24T09:00:00Z')
})
afterAll(() => stage.database.close())

async function linkOf({ id }: StandingItem): Promise<string> {
  return answerTokenOf((await secretOf(ctx, await wireOf(ctx.db, room)))!, id)
}
const counted = async () => {
  const { taken, ran, notRunning } = (await wireOf(ctx.db, room))!
  return [taken, ran, notRunning]
}

describe('a newsroom answers by its link', () => {
  test('taken, then ran, then not running: all is kept, the last one counts', async () => {
    await answerByLink(ctx, { token, kind: 'taken' })
    expect(await counted()).toEqual([1, 0, 0])
    const ran = {
      medium: 'radio' as const,
      link: 'https://bao.example.vn/tin?a=1#b',
      ranAt: new Date('2026-11-24T08:30:00Z'),
    }
    await answerByLink(ctx, { token, kind: 'ran', ...ran, minutes: 3, note: 'Thời sự trưa' })
    expect(await counted()).toEqual([0, 1, 0])
    await answerByLink(ctx, { token, kind: 'not_running', note: 'Đã gỡ' })
    expect(await counted()).toEqual([0, 0, 1])
    const said = await answersOf(ctx.db, [item.id])
    expect(said.map(({ kind }) => kind)).toEqual(['not_running', 'ran', 'taken'])
    expect(said[1]).toMatchObject({ ...ran, minutes: 3, note: 'Thời sự trưa', personId: null })
  })

  test('a member of staff of the press may write it down for them, by name; others may not', async () => {
    const { actor } = stage.writer
    if (actor.kind !== 'person') throw new Error('the writer is a person')
    const organisationId = stage.bodyOf('SVHTTDL-LC-2025')
    const grants = [{ role: 'press_officer' as const, organisationId, delegationId: null }]
    const officer: Ctx = { ...ctx, actor: person(actor.personId, grants, 'hoa') }
    await answerForNewsroom(officer, { itemId: item.id, kind: 'ran', ranAt: new Date('2026-11-24T08:00:00Z') })
    expect((await answersOf(ctx.db, [item.id]))[0]).toMatchObject({ kind: 'ran', person: expect.any(String) })
    for (const stranger of [ctx, stage.commune]) {
      await expect(answerForNewsroom(stranger, { itemId: item.id, kind: 'taken' })).rejects.toMatchObject({
        code: expect.stringMatching(/^access\./),
      })
    }
  })

  test.each([
    ['javascript:alert(document.cookie)', 'press.bad_link'],
    ['JaVaScRiPt:alert(1)', 'press.bad_link'],
    ['data:text/html,<script>alert(1)</script>', 'press.bad_link'],
    ['//bao.example.vn/tin', 'press.bad_link'],
    ['bao.example.vn/tin', 'press.bad_link'],
    ['https://', 'press.bad_link'],
    ['https://user:pass@bao.example.vn/', 'press.bad_link'],
    ['ftp://bao.example.vn/', 'press.bad_link'],
    [' \thttps:alert(1)', 'press.bad_link'],
  ])('%s is no link', async (link, code) => {
    await expect(answerByLink(ctx, { token, kind: 'ran', link })).rejects.toMatchObject({ code, field: 'link' })
  })

  test('what has not come, what was before, and nothing at all are refused', async () => {
    const ran = (more: object) => answerByLink(ctx, { token, kind: 'ran', ...more })
    await expect(ran({})).rejects.toMatchObject({ code: 'press.where_or_when' })
    const future = ran({ ranAt: new Date('2026-11-24T10:00:00Z') })
    await expect(future).rejects.toMatchObject({ code: 'press.future', field: 'ranAt' })
    const before = ran({ ranAt: new Date('2026-11-20T10:00:00Z') })
    await expect(before).rejects.toMatchObject({ code: 'press.before_item', field: 'ranAt' })
    await expect(ran({ link: 'https://a.vn', minutes: 0 })).rejects.toMatchObject({ field: 'minutes' })
    await expect(ran({ link: `https://a.vn/${'x'.repeat(3_000)}` })).rejects.toMatchObject({ field: 'link' })
  })

  test('a link that is none, of another item, or of an address that was renewed opens nothing', async () => {
    await stage.release(await stage.approved())
    const [other] = await itemsBefore(ctx.db, { outletId: room, filter: {}, limit: 1 }, null)
    const tag = token.split('.')[1] ?? ''
    const [otherId = ''] = (await linkOf(other!)).split('.')
    for (const wrong of ['', 'x', `${otherId}.${tag}`, `${token}x`, token.replace('.', ''), `${token.slice(0, -1)}!`]) {
      expect(await itemOfLink(ctx, wrong), wrong).toBeNull()
      await expect(answerByLink(ctx, { token: wrong, kind: 'taken' })).rejects.toMatchObject({
        code: 'press.not_found',
      })
    }
    expect((await itemOfLink(ctx, token))?.id).toBe(item.id)
    await openWire(stage.system, { outletId: room })
    expect(await itemOfLink(ctx, token)).toBeNull()
    expect((await itemOfLink(ctx, await linkOf(item)))?.id).toBe(item.id)
  })

  test('no more than a hundred times on one item', async () => {
    const link = await linkOf(item)
    const said = (await answersOf(ctx.db, [item.id])).length
    for (let at = said; at < 100; at++) await answerByLink(ctx, { token: link, kind: 'taken' })
    await expect(answerByLink(ctx, { token: link, kind: 'taken' })).rejects.toMatchObject({
      code: 'press.answers_full',
    })
    expect(await counted()).toEqual([1, 0, 0])
  })
})
