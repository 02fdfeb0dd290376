import { expect, test } from 'vitest'
import { whyNotUse } from './media.ts'
import { sniffMedia } from './sniff-media.ts'

test.each([
  ['\xff\xd8\xff\xe0', 'image/jpeg'],
  ['\x89PNG\r\n\x1a\n', 'image/png'],
  ['RIFF....WEBPVP8 ', 'image/webp'],
  ['RIFF....WAVEfmt ', 'audio/wav'],
  ['....ftypisom', 'video/mp4'],
  ['%PDF-1.7', 'application/pdf'],
  ['<svg xmlns="http://www.w3.org/2000/svg">', null],
  ['<!doctype html>', null],
  ['\x7fELF', null],
  ['....ftypheic', null],
  ['', null],
])('%j is %s', (head, mime) => {
  expect(sniffMedia(Buffer.from(head, 'latin1'))?.mime ?? null).toBe(mime)
})

test('a picture may be used while its rights run, once somebody has said what it shows', () => {
  const media = {
    kind: 'picture',
    state: 'ready',
    alternative: 'Chợ',
    rightsOwner: 'Báo',
    rightsUntil: '2026-12-31',
    withdrawnAt: null,
  } as const
  expect(whyNotUse(media, '2026-12-31')).toBeNull()
  expect(whyNotUse(media, '2027-01-01')?.code).toBe('media.rights_over')
  expect(whyNotUse({ ...media, alternative: '' }, '2026-01-01')?.code).toBe('media.no_alternative')
  expect(whyNotUse({ ...media, rightsOwner: '' }, '2026-01-01')?.code).toBe('media.no_rights')
  expect(whyNotUse({ ...media, state: 'waiting' }, '2026-01-01')?.code).toBe('media.is_waiting')
})
