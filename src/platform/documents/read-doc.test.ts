import { expect, test } from 'vitest'
import { buildDoc } from './doc.build.ts'
import { toTcvn3 } from './encodings/legacy.build.ts'
import { readDocument } from './index.ts'

const TEXT = 'KẾ HOẠCH\nTuyên truyền về phòng, chống mua bán người\na) Nâng cao nhận thức – trách nhiệm “của” cán bộ'

test('an old Word file is read, whatever its name says', async () => {
  expect(await readDocument(buildDoc(TEXT), 'ke-hoach.pdf')).toMatchObject({
    format: 'doc',
    encoding: null,
    text: TEXT,
  })
})

test('table cells stand side by side', async () => {
  expect(
    (await readDocument(buildDoc('Phân công\nTT\x07Nội dung\x07\x07\n1\x07Treo pa nô\x07\x07'), 'a.doc')).text,
  ).toContain('TT | Nội dung')
})

test('an old Word file typed in a TCVN3 font becomes Unicode', async () => {
  const text = 'Nâng cao nhận thức của người dân, trách nhiệm của cán bộ, đảng viên và nhân dân'
  expect(await readDocument(buildDoc(toTcvn3(text).replaceAll('\u00ad', '\x1f')), 'a.doc')).toMatchObject({
    encoding: 'tcvn3',
    text,
  })
})
