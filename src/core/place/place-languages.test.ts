import { expect, test } from 'vitest'
import type { Id } from '../kernel/index.ts'
import { languagesSpokenIn } from './place-languages.ts'

const [province, commune] = ['p', 'c'] as Id<'place'>[]
const above = { languages: ['vi', 'hmn'], parentId: null as Id<'place'> | null }

test.each([
  [[], ['vi', 'hmn']],
  [['vi'], ['vi']],
  [
    ['vi', 'pcc'],
    ['vi', 'pcc'],
  ],
])('a commune that says %j speaks %j', (own, spoken) => {
  const place = { languages: own, parentId: province ?? null }
  const places = new Map([
    [province!, above],
    [commune!, place],
  ])
  expect(languagesSpokenIn(place, places)).toEqual(spoken)
})

test('a village of a commune that says nothing speaks what the province speaks; without any above, nothing is known', () => {
  const silent = { languages: [], parentId: province ?? null }
  const places = new Map([
    [province!, above],
    [commune!, silent],
  ])
  expect(languagesSpokenIn({ languages: [], parentId: commune ?? null }, places)).toEqual(['vi', 'hmn'])
  expect(languagesSpokenIn({ languages: [], parentId: null }, places)).toEqual([])
})
