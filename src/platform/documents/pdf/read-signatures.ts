import { createHash } from 'node:crypto'
import { fromBER, type OctetString, type UTCTime } from 'asn1js'
import {
  Certificate,
  ContentInfo,
  IssuerAndSerialNumber,
  SignedData,
  type RelativeDistinguishedNames,
  type SignerInfo,
} from 'pkijs'
import type { DocumentSignature } from '../document-text.ts'
import { findSignedRanges, type SignedRange } from './signed-ranges.ts'

const DETACHED = ['adbe.pkcs7.detached', 'ETSI.CAdES.detached']
const COMMON_NAME = '2.5.4.3'
const SIGNING_TIME = '1.2.840.113549.1.9.5'
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4'
const DIGESTS: Readonly<Record<string, string>> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
}

/** Who signed a PDF, when, and whether what they signed is still so. Never throws: a strange signature is said to be one. */
export async function readSignatures(bytes: Uint8Array): Promise<DocumentSignature[]> {
  const found: DocumentSignature[] = []
  for (const range of findSignedRanges(bytes)) found.push(await readSignature(range))
  return found
}

async function readSignature(range: SignedRange): Promise<DocumentSignature> {
  const { signedBytes, coversWholeFile } = range
  const unknown = {
    signer: null,
    issuer: null,
    signedAt: pdfMoment(range.claimedAt),
    coversWholeFile,
    chainTrusted: null,
  }
  if (!signedBytes) return { ...unknown, whole: false, reason: 'range.broken' }
  try {
    const data = new SignedData({ schema: contentOf(range.signature) })
    const [info] = data.signerInfos
    if (!info) return { ...unknown, whole: null, reason: 'format.unknown' }
    const certificate = certificateOf(data, info)
    const about = {
      ...unknown,
      signer: certificate ? commonName(certificate.subject) : null,
      issuer: certificate ? commonName(certificate.issuer) : null,
      signedAt: signingTime(info) ?? unknown.signedAt,
    }
    // Content carried inside would be verified in place of the file's own bytes.
    const detached = data.encapContentInfo.eContent === undefined
    if (!certificate || !detached || (range.format !== null && !DETACHED.includes(range.format)))
      return { ...about, whole: null, reason: 'format.unknown' }
    const reason = await whyNotWhole(data, info, signedBytes)
    return { ...about, whole: reason === null, reason }
  } catch {
    return { ...unknown, whole: null, reason: 'format.unknown' }
  }
}

function contentOf(signature: Uint8Array): ContentInfo['content'] {
  // Zeros fill the room kept for the signature; the decoder stops where the outermost element ends.
  const { result, offset } = fromBER(new Uint8Array(signature).buffer)
  if (offset === -1) throw new Error('The signature is no BER')
  return new ContentInfo({ schema: result }).content
}

function certificateOf(data: SignedData, info: SignerInfo): Certificate | null {
  const certificates = (data.certificates ?? []).filter((each) => each instanceof Certificate)
  const { sid } = info
  if (!(sid instanceof IssuerAndSerialNumber)) return certificates[0] ?? null
  return (
    certificates.find((each) => each.serialNumber.isEqual(sid.serialNumber) && each.issuer.isEqual(sid.issuer)) ?? null
  )
}

async function whyNotWhole(data: SignedData, info: SignerInfo, signedBytes: Uint8Array): Promise<string | null> {
  const algorithm = DIGESTS[info.digestAlgorithm.algorithmId]
  if (!algorithm) throw new Error('The digest is not known')
  const digest = attribute<OctetString>(info, MESSAGE_DIGEST)
  const own = createHash(algorithm).update(signedBytes).digest()
  if (digest && !own.equals(Buffer.from(digest.valueBlock.valueHexView))) return 'digest.differs'
  const verified = await data
    .verify({ signer: 0, data: new Uint8Array(signedBytes).buffer, checkChain: false })
    .catch(() => false)
  return verified ? null : 'signature.wrong'
}

function attribute<T>(info: SignerInfo, type: string): T | null {
  const found = info.signedAttrs?.attributes.find((each) => each.type === type)
  return (found?.values[0] as T | undefined) ?? null
}

function signingTime(info: SignerInfo): string | null {
  const moment = attribute<UTCTime>(info, SIGNING_TIME)?.toDate()
  return moment && !Number.isNaN(moment.getTime()) ? moment.toISOString() : null
}

function commonName(names: RelativeDistinguishedNames): string | null {
  const name = names.typesAndValues.find((each) => each.type === COMMON_NAME)?.value.valueBlock.value
  return typeof name === 'string' && name !== '' ? name.normalize('NFC') : null
}

// ISO 32000-1, 7.9.4: D:YYYYMMDDHHmmSSOHH'mm'
function pdfMoment(text: string | null): string | null {
  const parts = /^D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(?:Z|([+-]\d\d)'?(\d\d)?)?/.exec(text ?? '')
  if (!parts) return null
  const [, year, month, day, hour, minute, second = '00', offsetHour = '+00', offsetMinute = '00'] = parts
  const moment = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}${offsetHour}:${offsetMinute}`)
  return Number.isNaN(moment.getTime()) ? null : moment.toISOString()
}
