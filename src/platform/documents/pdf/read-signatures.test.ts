import { expect, test } from 'vitest'
import { readDocument } from '../index.ts'
import { buildSignedPdf } from './signed-pdf.build.ts'

const PAGES = [{ lines: [{ text: 'Kế hoạch tuyên truyền', x: 60, y: 700 }] }]
const SIGNER = 'Sở Thông tin và Truyền thông'
const AT = new Date('2023-07-12T02:30:00Z')

test('a signature says who signed, when, and that the file is whole; trust in the issuer is not judged', async () => {
  const { signatures } = await readDocument(await buildSignedPdf(PAGES, SIGNER, AT), 'a.pdf')
  expect(signatures).toEqual([
    {
      signer: SIGNER,
      issuer: SIGNER,
      signedAt: AT.toISOString(),
      whole: true,
      coversWholeFile: true,
      reason: null,
      chainTrusted: null,
    },
  ])
})

test('a changed byte and bytes added afterwards are told', async () => {
  const signed = await buildSignedPdf(PAGES, SIGNER, AT)
  const changed = Buffer.from(signed)
  changed.write('/StemV 81', changed.indexOf('/StemV 80'), 'latin1')
  expect((await readDocument(changed, 'a.pdf')).signatures).toMatchObject([
    { signer: SIGNER, whole: false, reason: 'digest.differs' },
  ])
  const longer = Buffer.concat([signed, Buffer.from('\n% thêm vào sau\n')])
  expect((await readDocument(longer, 'a.pdf')).signatures).toMatchObject([{ whole: true, coversWholeFile: false }])
})

test('a signature of another make is told to be unknown, one that leaves out more than itself to be broken', async () => {
  const signed = await buildSignedPdf(PAGES, SIGNER, AT)
  const strange = Buffer.from(signed)
  strange.write('<00', signed.indexOf('/Contents <') + 10, 'latin1')
  expect((await readDocument(strange, 'a.pdf')).signatures).toMatchObject([{ whole: null, reason: 'format.unknown' }])
  const wide = Buffer.from(signed)
  wide.write('/ByteRange [0 0000000100', signed.indexOf('/ByteRange'), 'latin1')
  expect((await readDocument(wide, 'a.pdf')).signatures).toMatchObject([{ whole: false, reason: 'range.broken' }])
})
