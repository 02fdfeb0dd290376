import { createHash, createPrivateKey, sign, type KeyObject } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

/** A header field of a message: its name, and its value as it stands on the wire, folds and all. */
export type Header = readonly [name: string, value: string]

/** Who answers for our mail: the domain, the key's name in its DNS and the key, which lies in a file and nowhere else. */
export interface DkimKey {
  readonly domain: string
  readonly selector: string
  readonly key: KeyObject
}

/** Reads an RSA key of at least 2048 bits (RFC 8301 section 3.2) in PEM. @throws Error with the remedy. */
export async function readDkimKey(path: string, domain: string, selector: string): Promise<DkimKey> {
  const pem = await readFile(path, 'utf8').catch(() => null)
  if (pem === null)
    throw new Error(`DKIM_KEY names ${path}, which cannot be read; make one: openssl genrsa -out ${path} 2048`)
  const key = createPrivateKey(pem)
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0
  if (key.asymmetricKeyType === 'rsa' && bits >= 2048) return { domain, selector, key }
  throw new Error(`${path} holds no RSA key of 2048 bits or more; make one: openssl genrsa -out ${path} 2048`)
}

const signAside = promisify(sign)

/** Fields that are signed where a message has them; RFC 8058 section 4 wants both of unsubscribing among them. */
const SIGNED = new Set([
  'from',
  'to',
  'subject',
  'date',
  'message-id',
  'mime-version',
  'content-type',
  'content-language',
  'auto-submitted',
  'list-id',
  'list-unsubscribe',
  'list-unsubscribe-post',
  'in-reply-to',
  'references',
])

/**
 * The signature of a message (RFC 6376, rsa-sha256, relaxed/relaxed) as the field to put before all others. It is made
 * aside in a thread: of all the work of a mail it is the most.
 */
export async function signMail(
  { domain, selector, key }: DkimKey,
  headers: readonly Header[],
  body: string,
): Promise<Header> {
  const signed = headers.filter(([name]) => SIGNED.has(name.toLowerCase()))
  const bodyHash = createHash('sha256').update(relaxedBody(body), 'latin1').digest('base64')
  const names = signed.map(([name]) => name.toLowerCase()).join(':')
  const unsigned = `v=1; a=rsa-sha256; c=relaxed/relaxed; d=${domain}; s=${selector};\r\n h=${names};\r\n bh=${bodyHash};\r\n b=`
  const said = [...signed, ['DKIM-Signature', unsigned] as const].map(relaxedHeader).join('\r\n')
  const signature = await signAside('sha256', Buffer.from(said, 'latin1'), key)
  return [
    'DKIM-Signature',
    unsigned +
      signature
        .toString('base64')
        .replace(/.{1,72}/g, '\r\n  $&')
        .trimStart(),
  ]
}

/** RFC 6376 section 3.4.2. */
function relaxedHeader([name, value]: Header): string {
  return `${name.toLowerCase()}:${value
    .replace(/\r\n/g, '')
    .replace(/[ \t]+/g, ' ')
    .trim()}`
}

/** RFC 6376 section 3.4.4. */
export function relaxedBody(body: string): string {
  const tidy = body
    .replace(/[ \t]+/g, ' ')
    .replace(/ (?=\r\n|$)/g, '')
    .replace(/(\r\n)*$/, '')
  return tidy === '' ? '' : `${tidy}\r\n`
}
