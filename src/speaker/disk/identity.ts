import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import type { Identity } from '../agent/ports.ts'
import { publicKeyOf, rawKey } from '../rules/raw-key.ts'
import { writeWhole } from './write-whole.ts'

const KINDS = ['speaker', 'board'] as const
/** Whether a device plays at a station or shows a board. */
export type DeviceKind = (typeof KINDS)[number]

/** What the province answers to an enrolment. Keys are raw Ed25519, 32 bytes, as base64url. */
export const Enrolment = v.object({
  deviceId: v.pipe(v.string(), v.uuid()),
  code: v.string(),
  kind: v.optional(v.picklist(KINDS), 'speaker'),
  /** Of its station, or of the board that it shows. */
  stationCode: v.string(),
  keys: v.pipe(v.array(v.object({ id: v.string(), publicKey: v.string() })), v.minLength(1)),
  mqtt: v.object({ url: v.string(), username: v.string(), password: v.string() }),
  audio: v.string(),
})
export type Enrolment = v.InferOutput<typeof Enrolment>

const KEY_FILE = 'device.key'
const ENROLMENT_FILE = 'enrolment.json'

/** The key of the device, made here once; the private half leaves this folder never. Answers the public one, base64url. */
export function deviceKey(folder: string): { readonly privateKey: KeyObject; readonly publicKey: string } {
  const file = join(folder, KEY_FILE)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (!existsSync(file)) {
    const { privateKey } = generateKeyPairSync('ed25519')
    writeWhole(file, String(privateKey.export({ type: 'pkcs8', format: 'pem' })), 0o600)
  }
  const privateKey = createPrivateKey(readFileSync(file))
  return { privateKey, publicKey: rawKey(createPublicKey(privateKey)) }
}

export function keepEnrolment(folder: string, enrolment: Enrolment): void {
  writeWhole(join(folder, ENROLMENT_FILE), JSON.stringify(enrolment, null, 2))
}

/** Null where the device has not enrolled. */
export function readEnrolment(folder: string): Enrolment | null {
  const file = join(folder, ENROLMENT_FILE)
  return existsSync(file) ? v.parse(Enrolment, JSON.parse(readFileSync(file, 'utf8'))) : null
}

export function identityOf({ deviceId, code, stationCode, keys }: Enrolment, privateKey: KeyObject): Identity {
  const known = new Map(keys.map(({ id, publicKey }) => [id, publicKeyOf(publicKey)]))
  return { deviceId, code, stationCode, privateKey, keys: known }
}
