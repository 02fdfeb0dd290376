import { resolve } from 'node:path'
import * as v from 'valibot'

const text = v.pipe(v.string(), v.trim(), v.nonEmpty())
const PORT_TAKEN_BY_DEFAULT = 3474
const MQTT_PORT_BY_DEFAULT = 1883
const MAILBOX = /^(?:[^<>]*<([^<>\s]+@[^<>\s]+)>|[^<>\s]+@[^<>\s]+)$/
const NOBODYS_MAILBOX = 'Loa <ban-tin@loa.example>'

function listOf(given: string): string[] {
  return given
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
}

/** What the surroundings may set. `.env.example` shows the same names in the same order: a test compares them. */
export const Settings = v.object({
  DATABASE_URL: v.optional(v.pipe(text, v.regex(/^postgres(ql)?:\/\//, 'must begin with postgres://'))),
  LOA_DATA: v.optional(text, 'var'),
  PORT: v.optional(v.pipe(text, v.transform(Number), v.integer(), v.minValue(1), v.maxValue(65_535))),
  HOST: v.optional(text, '127.0.0.1'),
  ORIGIN: v.optional(v.pipe(text, v.url())),
  LOA_LANGUAGE: v.optional(v.picklist(['vi', 'en'])),
  LOA_UNDO_SECONDS: v.optional(v.pipe(text, v.transform(Number), v.integer(), v.minValue(0), v.maxValue(3_600)), '60'),
  LOA_PRIVATE_NETWORKS: v.optional(v.pipe(v.string(), v.transform(listOf)), ''),
  LOA_NO_USERNS: v.optional(v.picklist(['0', '1']), '0'),
  LOA_BRIDGE_FOLDER: v.optional(text),
  SMTP_URL: v.optional(v.pipe(text, v.regex(/^smtps?:\/\//, 'must begin with smtp:// or smtps://'))),
  MAIL_FROM: v.optional(v.pipe(text, v.regex(MAILBOX, 'must look like Name <name@example.gov.vn>'))),
  MAIL_RETURN_DOMAIN: v.optional(text),
  MAIL_RETURN_PORT: v.optional(v.pipe(text, v.transform(Number), v.integer(), v.minValue(1), v.maxValue(65_535))),
  DKIM_KEY: v.optional(text),
  DKIM_SELECTOR: v.optional(text, 'loa'),
  MQTT_PORT: v.optional(v.pipe(text, v.transform(Number), v.integer(), v.minValue(1), v.maxValue(65_535))),
  MQTT_HOST: v.optional(text, '127.0.0.1'),
  MQTT_TLS_KEY: v.optional(text),
  MQTT_TLS_CERT: v.optional(text),
  MQTT_URL: v.optional(v.pipe(text, v.regex(/^mqtts?:\/\//, 'must begin with mqtt:// or mqtts://'))),
  MQTT_CA: v.optional(text),
  MQTT_RABBITMQ_API: v.optional(
    v.pipe(text, v.url(), v.regex(/^https?:\/\/[^:@/]+:[^:@/]+@/, 'must look like http://name:secret@host:15672')),
  ),
  LOA_DEVICE_DAYS: v.optional(v.pipe(text, v.transform(Number), v.integer(), v.minValue(2), v.maxValue(30)), '7'),
  LOA_PLAYED_DEVICES: v.optional(v.pipe(text, v.transform(listOf)), '1'),
  MQTT_ADDRESS: v.optional(v.pipe(text, v.regex(/^(mqtt|ws)s?:\/\//, 'must begin with mqtt:// or mqtts://'))),
  LOA_SOUND_LUFS: v.optional(v.pipe(text, v.transform(Number), v.minValue(-31), v.maxValue(-9)), '-16'),
  LOA_SOUND_KBPS: v.optional(v.pipe(text, v.picklist(['32', '48', '64', '96', '128'])), '64'),
  LOA_SOUND_HZ: v.optional(v.pipe(text, v.picklist(['24000', '44100', '48000'])), '24000'),
  LOA_VOICE_URL: v.optional(v.pipe(text, v.url())),
  LOA_VOICE_HEADER: v.optional(v.pipe(text, v.regex(/^[\w-]+:\s*\S/, 'must look like Name: value'))),
  LOA_VOICE_MODEL: v.optional(text),
  LOA_VOICE_ACCENTS: v.optional(
    v.pipe(v.string(), v.transform(listOf), v.array(v.picklist(['north', 'central', 'south'])), v.minLength(1)),
    'north,central,south',
  ),
  LOA_VOICE_STAND_IN: v.optional(v.picklist(['0', '1']), '0'),
})

export interface Config {
  /** Null means the embedded database in `dataFolder`. */
  readonly databaseUrl: string | null
  /** Absolute. Holds the embedded database and the files by content hash. */
  readonly dataFolder: string
  readonly filesFolder: string
  readonly host: string
  readonly port: number
  /** True when the port was asked for: then another is no substitute. */
  readonly portIsFixed: boolean
  /** As people type it, behind a proxy; null when it is the address we listen on. */
  readonly origin: string | null
  readonly language: 'vi' | 'en'
  /** What a path on the command line is relative to. */
  readonly calledFrom: string
  /** In which a release that was pressed may be taken back before anything moves. */
  readonly undoSeconds: number
  /** Private networks and doors that webhooks may lead into; none unless said. */
  readonly privateNetworks: readonly string[]
  readonly allowNamespaces: boolean
  /** Shared with the program of a source-information system, absolute; null: none. */
  readonly bridgeFolder: string | null
  readonly mail: MailConfig
  readonly speakers: SpeakerConfig
  /** Of how many days ahead devices are told what they are to play and show. */
  readonly deviceDays: number
  /** Which devices of a demonstration are played in this process: all, or those whose codes begin with one of these. */
  readonly playedDevices: 'all' | readonly string[]
  /** How finished sounds are kept; see `SoundProfile`. */
  readonly sound: { readonly lufs: number; readonly kbps: number; readonly rate: number }
  readonly voices: VoicesConfig
  /** npm started us: who kills it means us, too. */
  readonly underNpm: boolean
}

export interface VoicesConfig {
  /** A voice that is asked over HTTP; null: none. */
  readonly url: string | null
  /** Header sent to it, `Name: value`; a secret. */
  readonly header: string | null
  /** Folder of a model on this machine, absolute; null: none. */
  readonly modelFolder: string | null
  /** What the voice of that address or model speaks. */
  readonly accents: readonly ('north' | 'central' | 'south')[]
  /** Whether the voice that is built in speaks when another one cannot; if not, it is refused. */
  readonly standsIn: boolean
}

export interface MailConfig {
  /** The relay that takes our mail, with its secret; null: none. */
  readonly smtpUrl: string | null
  readonly from: { readonly name: string; readonly address: string }
  /** Where mail comes back to that could not be delivered. */
  readonly returnDomain: string
  /** The port on the loopback that takes it; null: none, as when `loa mail bounce` is given it. */
  readonly returnPort: number | null
  /** The file of the key that signs mail, absolute, and its name in the DNS; null: unsigned. */
  readonly dkim: { readonly keyFile: string; readonly selector: string } | null
}

export interface SpeakerConfig {
  /** Another broker, with the hub's name and secret; null: ours, in this process. */
  readonly brokerUrl: string | null
  /** The file (PEM), absolute, of who signs the certificate of that broker; null: those whom this machine believes. */
  readonly brokerCaFile: string | null
  /** The management of that broker with the secret of an administrator, where it is a RabbitMQ; null: accounts go there by hand. */
  readonly rabbitMqApi: string | null
  readonly port: number
  readonly portIsFixed: boolean
  readonly host: string
  /** Files, absolute, by which our broker speaks TLS; null: in the clear. */
  readonly tls: { readonly keyFile: string; readonly certFile: string } | null
  /** Under which devices reach the broker; null: as we do, on the host of the pages. */
  readonly address: string | null
}

/**
 * The one reader of the environment.
 *
 * @throws Error that names each wrong setting and its remedy.
 */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const result = v.safeParse(Settings, given)
  if (!result.success) {
    const problems = result.issues.map((issue) => `${v.getDotPath(issue)} is "${issue.input}": ${issue.message}`)
    throw new Error(`${problems.join('; ')}; see .env.example for what each setting may be`)
  }
  const settings = result.output
  const dataFolder = resolve(import.meta.dirname, '../../..', settings.LOA_DATA)
  return {
    databaseUrl: settings.DATABASE_URL ?? null,
    dataFolder,
    filesFolder: resolve(dataFolder, 'files'),
    host: settings.HOST,
    port: settings.PORT ?? PORT_TAKEN_BY_DEFAULT,
    portIsFixed: settings.PORT !== undefined,
    origin: settings.ORIGIN ?? null,
    // The machine's own language decides only between the two we speak.
    language: settings.LOA_LANGUAGE ?? (environment['LANG']?.startsWith('en') ? 'en' : 'vi'),
    // npm runs its scripts in the folder of the project, and says where it was called.
    calledFrom: environment['INIT_CWD'] ?? process.cwd(),
    undoSeconds: settings.LOA_UNDO_SECONDS,
    privateNetworks: settings.LOA_PRIVATE_NETWORKS,
    allowNamespaces: settings.LOA_NO_USERNS !== '1',
    bridgeFolder: settings.LOA_BRIDGE_FOLDER === undefined ? null : besides(settings.LOA_BRIDGE_FOLDER),
    mail: mailOf(settings),
    speakers: speakersOf(settings),
    deviceDays: settings.LOA_DEVICE_DAYS,
    playedDevices: playedOf(settings.LOA_PLAYED_DEVICES),
    sound: {
      lufs: settings.LOA_SOUND_LUFS,
      kbps: Number(settings.LOA_SOUND_KBPS),
      rate: Number(settings.LOA_SOUND_HZ),
    },
    voices: {
      url: settings.LOA_VOICE_URL ?? null,
      header: settings.LOA_VOICE_HEADER ?? null,
      modelFolder: settings.LOA_VOICE_MODEL === undefined ? null : besides(settings.LOA_VOICE_MODEL),
      accents: settings.LOA_VOICE_ACCENTS,
      standsIn: settings.LOA_VOICE_STAND_IN === '1',
    },
    underNpm: environment['npm_lifecycle_event'] !== undefined,
  }
}

/** A path as it is written in the settings: from the folder of the project. */
function besides(path: string): string {
  return resolve(import.meta.dirname, '../../..', path)
}

function mailOf(settings: v.InferOutput<typeof Settings>): MailConfig {
  const { SMTP_URL: smtpUrl = null, MAIL_FROM: given, DKIM_KEY: keyFile, DKIM_SELECTOR: selector } = settings
  if (smtpUrl !== null && given === undefined) throw new Error('SMTP_URL is set but MAIL_FROM is not; see .env.example')
  const written = given ?? NOBODYS_MAILBOX
  const address = MAILBOX.exec(written)?.[1] ?? written
  return {
    smtpUrl,
    from: { name: written.includes('<') ? written.slice(0, written.indexOf('<')).trim() : '', address },
    returnDomain: settings.MAIL_RETURN_DOMAIN ?? address.slice(address.indexOf('@') + 1),
    returnPort: settings.MAIL_RETURN_PORT ?? null,
    dkim: keyFile === undefined ? null : { keyFile: besides(keyFile), selector },
  }
}

function playedOf(given: readonly string[]): Config['playedDevices'] {
  if (given.join() === '1') return 'all'
  return given.join() === '0' ? [] : given
}

function speakersOf(settings: v.InferOutput<typeof Settings>): SpeakerConfig {
  const { MQTT_TLS_KEY: key, MQTT_TLS_CERT: cert, MQTT_URL: brokerUrl = null } = settings
  const { MQTT_CA: ca, MQTT_RABBITMQ_API: rabbitMqApi = null } = settings
  if ((key === undefined) !== (cert === undefined)) {
    throw new Error('MQTT_TLS_KEY and MQTT_TLS_CERT go together; see .env.example')
  }
  if (ca !== undefined && !brokerUrl?.startsWith('mqtts:')) {
    throw new Error('MQTT_CA is for a broker at MQTT_URL=mqtts://…; see .env.example')
  }
  if (rabbitMqApi !== null && brokerUrl === null) {
    throw new Error('MQTT_RABBITMQ_API goes with MQTT_URL; see .env.example')
  }
  return {
    brokerUrl,
    brokerCaFile: ca === undefined ? null : besides(ca),
    rabbitMqApi,
    port: settings.MQTT_PORT ?? MQTT_PORT_BY_DEFAULT,
    portIsFixed: settings.MQTT_PORT !== undefined,
    host: settings.MQTT_HOST,
    tls: key === undefined || cert === undefined ? null : { keyFile: besides(key), certFile: besides(cert) },
    address: settings.MQTT_ADDRESS ?? null,
  }
}
