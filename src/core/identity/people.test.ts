import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestDatabase, person, type TestDatabase } from '../../testing/index.ts'
import { newId, type Ctx, type Id } from '../kernel/index.ts'
import { castOf, hierarchyOf, type Cast } from './cast.build.ts'
import {
  addPerson,
  changePassword,
  peopleAfter,
  personOfToken,
  resetPassword,
  searchPeople,
  signIn,
  suspendPerson,
  whyNotManage,
  type Person,
  type PersonKey,
} from './index.ts'

const [province, district] = [newId<'organisation'>(), newId<'organisation'>()]
const members = new Map<Id<'person'>, Id<'organisation'>[]>()

let database: TestDatabase
let cast: Cast
let admin: { of(body: Id<'organisation'>): Ctx; id: Id<'person'> }
beforeAll(async () => {
  database = await openTestDatabase()
  cast = castOf(database, { hierarchy: hierarchyOf(new Map([[district, [province]]]), members) })
  const { id, ctx } = await cast.someone('quantri')
  admin = {
    id,
    of: (organisationId) => ({
      ...ctx,
      actor: person(id, [{ role: 'administrator', organisationId, delegationId: null }]),
    }),
  }
})
afterAll(() => database.close())

test('a person is added by an administrator, found without diacritics, and must change the first password', async () => {
  const input = { username: ' PhamVanPao ', name: 'Phàm Văn Páo'.normalize('NFD'), phone: '0214 3840 001' }
  const { password, personId } = await addPerson(admin.of(district), input)
  const [found] = await searchPeople(database.db, 'van pao', 5)
  expect(found).toMatchObject({ id: personId, username: 'phamvanpao', name: 'Phàm Văn Páo' })
  expect(await searchPeople(database.db, '%', 5)).toEqual([])

  const { token } = await signIn(cast.stranger(), { username: 'phamvanpao', password })
  const opened = await personOfToken(database.db, token, cast.clock.now())
  expect(opened?.mustChange).toBe(true)
  const own = { ...cast.stranger(), actor: person(personId) }
  const sessionId = opened?.sessionId ?? ''
  const change = (next: string) => changePassword(own, { old: password, password: next, sessionId })
  await expect(change(password)).rejects.toMatchObject({ code: 'identity.password_same' })
  await expect(change('ngắn')).rejects.toMatchObject({ code: 'identity.password_short', field: 'password' })
  await change('rừng tre bên suối')
  expect(await personOfToken(database.db, token, cast.clock.now())).toMatchObject({ mustChange: false })
})

test('a username is borne once, and nobody without the role adds anybody', async () => {
  const again = { username: 'QUANTRI', name: 'Quản trị' }
  await expect(addPerson(cast.system(), again)).rejects.toMatchObject({ code: 'identity.username_taken' })
  const { ctx } = await cast.someone('mai')
  await expect(addPerson(ctx, { username: 'ai', name: 'Ai' })).rejects.toMatchObject({ code: 'access.role' })
})

test('changing the password ends the other sessions and keeps this one', async () => {
  const lan = await cast.someone('lan')
  const [here, other] = [await signIn(cast.stranger(), lan), await signIn(cast.stranger(), lan)]
  const opened = await personOfToken(database.db, here.token, cast.clock.now())
  await changePassword(lan.ctx, { old: lan.password, password: 'đường lên bản xa', sessionId: opened?.sessionId ?? '' })
  expect(await personOfToken(database.db, here.token, cast.clock.now())).not.toBeNull()
  expect(await personOfToken(database.db, other.token, cast.clock.now())).toBeNull()
  await expect(signIn(cast.stranger(), lan)).rejects.toMatchObject({ code: 'identity.wrong' })
})

test('a reset ends every session and the old password, and gives one that must be changed', async () => {
  const minh = await cast.someone('minh')
  members.set(minh.id, [district])
  const { token } = await signIn(cast.stranger(), minh)
  const { password } = await resetPassword(admin.of(province), { personId: minh.id })
  expect(await personOfToken(database.db, token, cast.clock.now())).toBeNull()
  await expect(signIn(cast.stranger(), minh)).rejects.toMatchObject({ code: 'identity.wrong' })
  const again = await signIn(cast.stranger(), { username: 'minh', password })
  expect(await personOfToken(database.db, again.token, cast.clock.now())).toMatchObject({ mustChange: true })
})

test('an administrator of a district takes over no account of the province, nor their own', async () => {
  const leader = await cast.someone('lanhdao')
  members.set(leader.id, [district, province])
  const no = { code: 'access.organisation' }
  await expect(resetPassword(admin.of(district), { personId: leader.id })).rejects.toMatchObject(no)
  await expect(suspendPerson(admin.of(district), { personId: leader.id, suspended: true })).rejects.toMatchObject(no)
  expect(await whyNotManage(admin.of(district), leader.id)).toMatchObject(no)
  expect(await whyNotManage(admin.of(province), leader.id)).toBeNull()
  expect(await whyNotManage(admin.of(province), admin.id)).toMatchObject({ code: 'identity.own_account' })
  expect(await signIn(cast.stranger(), leader)).toMatchObject({ wantsSecondFactor: false })
})

test('nobody is reset who does not exist', async () => {
  const personId = newId<'person'>()
  await expect(resetPassword(cast.system(), { personId })).rejects.toMatchObject({ code: 'identity.not_found' })
})

test('the list goes on by key, in the order of a Vietnamese dictionary', async () => {
  const names = ['Ánh', 'An', 'Đào', 'Dung', 'Y', 'Ý', 'Yên', 'Ăn'].map((name) => `Thứ tự ${name}`)
  for (const [at, name] of names.entries()) await addPerson(admin.of(province), { username: `thutu${at}`, name })
  const listed: string[] = []
  let after: PersonKey | null = null
  for (;;) {
    const [next]: Person[] = await peopleAfter(database.db, 'thu tu', after, 1)
    if (!next) break
    listed.push(next.name)
    after = { name: next.name, id: next.id }
  }
  expect(listed).toEqual([...names].sort(new Intl.Collator('vi').compare))
})
