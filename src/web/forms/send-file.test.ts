import { expect, test } from 'vitest'
import { rangeOf, sendFile } from './send-file.ts'

test.each([
  [null, null],
  ['bytes=0-', [0, 99]],
  ['bytes=10-19', [10, 19]],
  ['bytes=90-500', [90, 99]],
  ['bytes=-10', [90, 99]],
  ['bytes=100-', 'none'],
  ['bytes=20-10', 'none'],
  ['bytes=0-1,5-6', null],
  ['bytes=-', null],
])('%s of a hundred bytes', (header, range) => {
  expect(rangeOf(header, 100)).toEqual(range)
})

test('a part of a file says which part it is', async () => {
  const bytes = new TextEncoder().encode('0123456789')
  const answer = sendFile({ bytes, name: 'a.mp3', mime: 'audio/mpeg', inline: true, range: 'bytes=2-4' })
  expect([answer.status, answer.headers.get('content-range'), await answer.text()]).toEqual([
    206,
    'bytes 2-4/10',
    '234',
  ])
})
