import type { RequestEvent } from '@sveltejs/kit'
import { expect, test } from 'vitest'
import { readWording } from '#app/wording/read-wording.ts'
import { InputRefusal, Refusal } from '#core/kernel/index.ts'
import { problemOf } from '#web/ui/form-state.ts'
import { refuseForm } from './refused.ts'

const event = { locals: { w: readWording('vi') } } as unknown as RequestEvent // it is asked for its words alone

function formOf(fields: readonly (readonly [string, string])[]): FormData {
  const data = new FormData()
  for (const [name, value] of fields) data.append(name, value)
  return data
}

test('every field of a station comes back as it was typed, its code too', () => {
  const typed = { code: 'DAI 01', name: 'Đài xã Y Tý', volume_hours: '05:00-06:00=60', note: '' }
  const refused = refuseForm(
    event,
    new Refusal('station.body_stays', {}, 'organisation'),
    formOf(Object.entries(typed)),
  )
  expect(refused.data.typed).toEqual(typed)
})

test('passwords and secrets never come back, nor what a page says is not to', () => {
  const given = formOf([
    ['password', 'một mật khẩu dài'],
    ['pushSecret', 'abc'],
    ['code', '123456'],
    ['name', 'Hoa'],
  ])
  const refused = refuseForm(event, new Refusal('identity.wrong_code', {}, 'code'), given, ['code'])
  expect([refused.data.typed, refused.data.ticked]).toEqual([{ name: 'Hoa' }, { name: ['Hoa'] }])
})

test('several boxes of one name come back as they were ticked', () => {
  const given = formOf([
    ['day', '1'],
    ['day', '3'],
  ])
  expect(refuseForm(event, new Refusal('programme.no_slot'), given).data.ticked).toEqual({ day: ['1', '3'] })
})

test('a problem stands at its field, also where the action names it with what it stands in', () => {
  const thrown = new InputRefusal([new Refusal('station.cell', { reason: 'letters' }, 'row.code')])
  const { data } = refuseForm(event, thrown, formOf([['code', 'DAI 01']]))
  expect(problemOf(data, 'code')).toContain('Mã chỉ gồm chữ')
  expect(problemOf(data, 'name')).toBeNull()
})
