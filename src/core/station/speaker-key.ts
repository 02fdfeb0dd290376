import { createHash, createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import * as v from 'valibot'
import { action, asSystem, Refusal, type Ctx } from '../kernel/index.ts'
import { rawPublicKey } from './device-key.ts'
import { countSpeakers } from './device.store.ts'
import {
  allSpeakerKeys,
  endSpeakerKeys,
  insertSpeakerKey,
  speakerKeysOn,
  type KeptSpeakerKey,
} from './speaker-key.store.ts'

/** For so many days a new key is announced under the signature of the old before it signs itself. */
const ANNOUNCED_DAYS = 30
const DAY_MS = 86_400_000

const aboutKey = (id: string) => `speaker_key ${id}`

/** What a device must know to believe what it is sent. `publicKey`: 32 bytes, base64url. */
export interface TrustedKey {
  readonly id: string
  readonly publicKey: string
  /** From then on nothing that it signed is to be believed; null while no end is set. */
  readonly until: Date | null
}

export interface SigningKey {
  readonly id: string
  readonly privateKey: KeyObject
}

export interface SpeakerKeys {
  readonly signing: SigningKey
  /** The one that signs and those that will. */
  readonly trusted: readonly TrustedKey[]
  /** When another is to sign; null while none is announced. */
  readonly changesAt: Date | null
}

/**
 * The keys of now; the first is made when nobody has made one.
 *
 * @throws Refusal `station.key_sealed` when its private half does not open: the key of the box is another.
 */
export async function speakerKeys(ctx: Ctx): Promise<SpeakerKeys> {
  const now = ctx.clock.now()
  if ((await speakerKeysOn(ctx.db, now)).length === 0) await makeFirst(asSystem(ctx, 'speakers'), {})
  const keys = await speakerKeysOn(ctx.db, now)
  const signs = keys.findLast(({ signsFrom }) => signsFrom <= now) ?? keys[0]
  const pem = signs ? await ctx.secrets.open(signs.sealed, aboutKey(signs.id)) : null
  if (!signs || pem === null) throw new Refusal('station.key_sealed')
  return {
    signing: { id: signs.id, privateKey: createPrivateKey(pem) },
    trusted: keys.map(({ id, publicKey, endsAt }) => ({
      id,
      publicKey: publicKey.toString('base64url'),
      until: endsAt,
    })),
    changesAt: signs.endsAt,
  }
}

const makeFirst = action('station.make_speaker_key', {
  input: v.object({}),
  may: { who: 'system' },
  records: (_input, id: string | null) =>
    id === null ? null : { subject: 'speaker_key', subjectId: null, facts: { key: id } },
  async run(ctx): Promise<string | null> {
    const now = ctx.clock.now()
    // Two processes at their first start: the second finds what the first has made.
    if ((await speakerKeysOn(ctx.db, now)).length > 0) return null
    const key = await newKey(ctx, now)
    await insertSpeakerKey(ctx.db, key)
    return key.id
  },
})

/**
 * Makes a new key. For thirty days the old one signs on and says which is the next; a device that hears nothing for all
 * that time has to be enrolled anew.
 */
export const rotateSpeakerKey = action('station.rotate_speaker_key', {
  input: v.object({}),
  may: { who: 'roles', roles: ['administrator'] },
  records: (_input, id: string) => ({ subject: 'speaker_key', subjectId: null, facts: { key: id } }),
  async run(ctx): Promise<string> {
    const now = ctx.clock.now()
    const standing = await speakerKeysOn(ctx.db, now)
    if (isAnnounced(standing, now)) throw new Refusal('station.key_announced')
    const key = await newKey(ctx, new Date(now.getTime() + ANNOUNCED_DAYS * DAY_MS))
    await endSpeakerKeys(ctx.db, key.signsFrom)
    await insertSpeakerKey(ctx.db, key)
    return key.id
  },
})

/** How the keys stand for whoever rotates them. */
export interface SpeakerKeyStanding {
  /** The newest first. */
  readonly keys: readonly {
    readonly id: string
    readonly state: 'announced' | 'signs' | 'ended'
    readonly madeAt: Date
    readonly signsFrom: Date
    readonly endsAt: Date | null
  }[]
  /** Devices that would have to be enrolled anew if the newest key signed now: they have not been heard of since it was made. */
  readonly devices: number
  readonly unheard: number
  /** Why it cannot be rotated now, by whoever asks. */
  readonly whyNot: Refusal | null
}

export async function speakerKeyStanding(ctx: Ctx): Promise<SpeakerKeyStanding> {
  const now = ctx.clock.now()
  const kept = await allSpeakerKeys(ctx.db)
  const whyNot = await rotateSpeakerKey.whyNot(ctx, {})
  const { devices, silent } = await countSpeakers(ctx.db, kept[0]?.madeAt ?? now)
  return {
    keys: kept.map((key) => ({ ...key, state: stateOf(key, now) })),
    devices,
    unheard: silent,
    whyNot: whyNot ?? (isAnnounced(kept, now) ? new Refusal('station.key_announced') : null),
  }
}

function isAnnounced(keys: readonly Pick<KeptSpeakerKey, 'signsFrom'>[], now: Date): boolean {
  return keys.some(({ signsFrom }) => signsFrom > now)
}

function stateOf({ signsFrom, endsAt }: Pick<KeptSpeakerKey, 'signsFrom' | 'endsAt'>, now: Date) {
  if (signsFrom > now) return 'announced'
  return endsAt === null || endsAt > now ? 'signs' : 'ended'
}

async function newKey(ctx: Ctx, signsFrom: Date): Promise<KeptSpeakerKey> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const raw = rawPublicKey(publicKey)
  const id = createHash('sha256').update(raw).digest('hex').slice(0, 16)
  const sealed = await ctx.secrets.seal(String(privateKey.export({ format: 'pem', type: 'pkcs8' })), aboutKey(id))
  return { id, publicKey: raw, sealed, madeAt: ctx.clock.now(), signsFrom, endsAt: null }
}
