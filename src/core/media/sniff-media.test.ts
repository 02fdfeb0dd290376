import { expect, test } from 'vitest'
import { whyNotInStory, whyNotShelve, whyNotUse } from './media.ts'
import { sniffMedia, sniffZipped } from './sniff-media.ts'

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
  ['....ftypcrx isom', null],
  ['....ftypqt  ', 'video/mp4'],
  ['OggS', 'audio/ogg'],
  ['\x1a\x45\xdf\xa3', 'video/webm'],
  ['', null],
])('%j is %s', (head, mime) => {
  expect(sniffMedia(Buffer.from(head, 'latin1'))?.mime ?? null).toBe(mime)
})

test.each([
  [['[Content_Types].xml', 'word/document.xml'], 'wordprocessingml.document'],
  [['[Content_Types].xml', 'xl/workbook.xml'], 'spreadsheetml.sheet'],
  [['[Content_Types].xml', 'word/document.xml', 'word/vbaProject.bin'], undefined],
  [['AndroidManifest.xml', 'classes.dex'], undefined],
  [['anh.jpg'], undefined],
])('a ZIP file of %j is %s', (names, mime) => {
  expect(sniffZipped(names)?.mime.split('officedocument.')[1]).toBe(mime)
})

test('a picture with faces stands beside a survivor’s story once somebody has answered for them', () => {
  const picture = { kind: 'picture', faces: 0, facesAnswer: null } as const
  expect(whyNotInStory(picture)).toBeNull()
  expect(whyNotInStory({ ...picture, faces: 2 })?.code).toBe('media.faces')
  expect(whyNotInStory({ ...picture, faces: null })?.code).toBe('media.faces_unsure')
  expect(whyNotInStory({ ...picture, faces: 2, facesAnswer: 'Cán bộ xã, đã đồng ý.' })).toBeNull()
})

test('a picture may be used while its rights run, once somebody has said what it shows', () => {
  const media = {
    kind: 'picture',
    state: 'ready',
    alternative: 'Chợ',
    rightsOwner: 'Báo',
    rightsUntil: '2026-12-31',
    withdrawnAt: null,
    shelf: 'library',
  } as const
  expect(whyNotUse(media, '2026-12-31')).toBeNull()
  expect(whyNotUse(media, '2027-01-01')?.code).toBe('media.rights_over')
  expect(whyNotUse({ ...media, alternative: '' }, '2026-01-01')?.code).toBe('media.no_alternative')
  expect(whyNotUse({ ...media, rightsOwner: '' }, '2026-01-01')?.code).toBe('media.no_rights')
  expect(whyNotUse({ ...media, state: 'waiting' }, '2026-01-01')?.code).toBe('media.is_waiting')
  expect(whyNotUse({ ...media, shelf: 'evidence' }, '2026-01-01')?.code).toBe('media.is_evidence')
})

test('what only proves enters the library once the faces in it are blurred or answered for', () => {
  const photo = { kind: 'picture', state: 'ready', shelf: 'evidence', faces: 0, facesAnswer: null } as const
  expect(whyNotShelve(photo)).toBeNull()
  expect(whyNotShelve({ ...photo, faces: 2 })?.code).toBe('media.faces')
  expect(whyNotShelve({ ...photo, faces: null })?.code).toBe('media.faces_unsure')
  expect(whyNotShelve({ ...photo, faces: 2, facesAnswer: 'Cán bộ xã, đã đồng ý.' })).toBeNull()
  expect(whyNotShelve({ ...photo, state: 'waiting' })?.code).toBe('media.is_waiting')
  expect(whyNotShelve({ ...photo, shelf: 'library' })?.code).toBe('media.in_library')
})
