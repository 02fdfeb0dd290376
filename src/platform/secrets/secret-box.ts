import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  randomBytes,
  type KeyObject,
} from 'node:crypto'
import { link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { SecretBox } from '../../core/kernel/index.ts'

/** Its name in the data folder. */
export const SECRET_KEY_FILE = 'secret.key'

const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16

/**
 * Seals by AES-256-GCM (NIST SP 800-38D) with a key of its own in a file that only we can read, made when first needed.
 * A copy of the database alone opens nothing.
 *
 * @throws Error on use when the file holds no key of 32 bytes.
 */
export function openSecretBox(keyFile: string): SecretBox {
  // A key object is read once by OpenSSL where bytes are read anew each time: it opens nearly five times as many a second.
  let kept: Promise<KeyObject> | null = null
  const key = () => (kept ??= keyIn(keyFile).then((bytes) => createSecretKey(bytes)))
  const uses = new Map<string, KeyObject>()
  return {
    async seal(secret, about) {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', await key(), nonce).setAAD(Buffer.from(about))
      const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')
    },
    open: async (sealed, about) => openWith(await key(), sealed, about),
    async openAll(many) {
      const held = await key()
      return many.map(({ sealed, about }) => openWith(held, sealed, about))
    },
    async fingerprint(text, use) {
      const held = uses.get(use) ?? keyFor(await key(), use)
      uses.set(use, held)
      return createHmac('sha256', held).update(text).digest('base64url')
    },
  }
}

function openWith(key: KeyObject, sealed: string, about: string): string | null {
  const bytes = Buffer.from(sealed, 'base64url')
  if (bytes.length < NONCE_BYTES + TAG_BYTES) return null
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES))
  decipher.setAAD(Buffer.from(about)).setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
  try {
    return decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
  } catch {
    return null // the tag does not fit: another key, another row or changed bytes
  }
}

/** A key of its own for each use (HKDF, RFC 5869), so that a hash made for one says nothing about another. */
function keyFor(key: KeyObject, use: string): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', key, '', `loa fingerprint ${use}`, KEY_BYTES)))
}

async function keyIn(file: string): Promise<Buffer> {
  const key = (await readKey(file)) ?? (await makeKey(file))
  if (key.length === KEY_BYTES) return key
  throw new Error(`${file} holds no key of ${KEY_BYTES} bytes; put back the one of your backup`)
}

/** Two processes may come at once: the whole file appears in one step and the first one stands. */
async function makeKey(file: string): Promise<Buffer> {
  await mkdir(dirname(file), { recursive: true })
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  await writeFile(draft, randomBytes(KEY_BYTES), { mode: 0o600, flush: true })
  try {
    await link(draft, file)
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error
  } finally {
    await unlink(draft)
  }
  return readFile(file)
}

async function readKey(file: string): Promise<Buffer | null> {
  try {
    return await readFile(file)
  } catch (error) {
    if (isCode(error, 'ENOENT')) return null
    throw error
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
