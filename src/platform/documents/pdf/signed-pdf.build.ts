import { Integer, OctetString, UTCTime, Utf8String } from 'asn1js'
import {
  AlgorithmIdentifier,
  Attribute,
  AttributeTypeAndValue,
  Certificate,
  ContentInfo,
  EncapsulatedContentInfo,
  getCrypto,
  IssuerAndSerialNumber,
  SignedAndUnsignedAttributes,
  SignedData,
  SignerInfo,
} from 'pkijs'
import { buildPdf, type PdfPageContent } from './pdf.build.ts'

const ROOM_BYTES = 4096
const HASH = 'SHA-256'

/** A PDF signed with a certificate made for the occasion; for tests. */
export async function buildSignedPdf(
  pages: readonly PdfPageContent[],
  signer: string,
  signedAt: Date,
): Promise<Buffer> {
  const placeholder = '/ByteRange [0 0000000000 0000000000 0000000000]'
  const dictionary = `<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached ${placeholder} /Contents <${'0'.repeat(ROOM_BYTES * 2)}> >>`
  const file = buildPdf(pages, { objects: [dictionary] })
  const start = file.indexOf('/Contents <') + '/Contents '.length
  const end = start + ROOM_BYTES * 2 + 2
  const digits = (value: number): string => String(value).padStart(10, '0')
  file.write(
    `/ByteRange [0 ${digits(start)} ${digits(end)} ${digits(file.length - end)}]`,
    file.indexOf(placeholder),
    'latin1',
  )
  const signed = Buffer.concat([file.subarray(0, start), file.subarray(end)])
  file.write((await sign(signed, signer, signedAt)).toString('hex'), start + 1, 'latin1')
  return file
}

async function sign(bytes: Buffer, signer: string, signedAt: Date): Promise<Buffer> {
  const keys = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])
  const certificate = await selfSigned(keys, signer, signedAt)
  const digest = await crypto.subtle.digest(HASH, new Uint8Array(bytes))
  const attributes = [
    new Attribute({
      type: '1.2.840.113549.1.9.3',
      values: [new EncapsulatedContentInfo({ eContentType: ContentInfo.DATA }).toSchema().valueBlock.value[0]],
    }),
    new Attribute({ type: '1.2.840.113549.1.9.5', values: [new UTCTime({ valueDate: signedAt })] }),
    new Attribute({ type: '1.2.840.113549.1.9.4', values: [new OctetString({ valueHex: digest })] }),
  ]
  const info = new SignerInfo({
    version: 1,
    sid: new IssuerAndSerialNumber({ issuer: certificate.issuer, serialNumber: certificate.serialNumber }),
    signedAttrs: new SignedAndUnsignedAttributes({ type: 0, attributes }),
  })
  const data = new SignedData({
    version: 1,
    encapContentInfo: new EncapsulatedContentInfo({ eContentType: ContentInfo.DATA }),
    signerInfos: [info],
    certificates: [certificate],
  })
  await data.sign(keys.privateKey, 0, HASH, new Uint8Array(bytes), getCrypto(true))
  data.digestAlgorithms = [new AlgorithmIdentifier({ algorithmId: '2.16.840.1.101.3.4.2.1' })]
  return Buffer.from(
    new ContentInfo({ contentType: ContentInfo.SIGNED_DATA, content: data.toSchema(true) }).toSchema().toBER(),
  )
}

async function selfSigned(keys: CryptoKeyPair, name: string, day: Date): Promise<Certificate> {
  const certificate = new Certificate()
  certificate.version = 2
  certificate.serialNumber = new Integer({ value: 74 })
  for (const names of [certificate.subject, certificate.issuer]) {
    names.typesAndValues.push(new AttributeTypeAndValue({ type: '2.5.4.3', value: new Utf8String({ value: name }) }))
  }
  certificate.notBefore.value = new Date(day.getTime() - 86_400_000)
  certificate.notAfter.value = new Date(day.getTime() + 365 * 86_400_000)
  await certificate.subjectPublicKeyInfo.importKey(keys.publicKey)
  await certificate.sign(keys.privateKey, HASH)
  return certificate
}
