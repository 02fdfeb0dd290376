/**
 * What travels between the province and the devices in its villages, version 1; docs/speaker-protocol.md says the same in
 * words for whoever builds a device. Times are ISO 8601 with an offset, lengths seconds, keys and hashes base64url or hex.
 */
import * as v from 'valibot'

export const VERSION = 1
export const CLASSES = ['ordinary', 'priority', 'emergency'] as const
export type Class = (typeof CLASSES)[number]

const moment = v.pipe(v.string(), v.isoTimestamp())
const clock = v.pipe(v.string(), v.regex(/^([01]\d|2[0-3]):[0-5]\d$/))
const percent = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100))
const id = v.pipe(v.string(), v.uuid())
const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))
const LONGEST_SECONDS = 3_600
const LARGEST_BYTES = 60_000_000

/** A recording that may be played, and from when until when: held by its hash, whatever brings it. */
export const BroadcastFile = v.object({
  id,
  sha256,
  bytes: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(LARGEST_BYTES)),
  seconds: v.pipe(v.number(), v.minValue(0.1), v.maxValue(LONGEST_SECONDS)),
  class: v.picklist(CLASSES),
  language: v.pipe(v.string(), v.maxLength(35)),
  title: v.pipe(v.string(), v.maxLength(300)),
  validFrom: moment,
  validUntil: moment,
})
export type BroadcastFile = v.InferOutput<typeof BroadcastFile>

export const PlannedPlay = v.object({ id, broadcastId: id, at: moment, ord: v.pipe(v.number(), v.integer()) })
export type PlannedPlay = v.InferOutput<typeof PlannedPlay>

/** A key of the province: Ed25519, 32 bytes, base64url; from `until` on nothing that it signed is to be believed. */
export const ProvinceKey = v.object({
  id: v.string(),
  publicKey: v.pipe(v.string(), v.regex(/^[\w-]{43}$/)),
  until: v.optional(moment),
})
export type ProvinceKey = v.InferOutput<typeof ProvinceKey>

/** All that the devices of one station are to do; it takes the place of the one before whole. Sent to the topic of the station, retained. */
export const ScheduleBody = v.object({
  kind: v.literal('schedule'),
  version: v.pipe(v.number(), v.integer(), v.minValue(1)),
  broadcasts: v.pipe(v.array(BroadcastFile), v.maxLength(500)),
  plays: v.pipe(v.array(PlannedPlay), v.maxLength(5_000)),
  volume: percent,
  volumeHours: v.pipe(v.array(v.object({ from: clock, to: clock, volume: percent })), v.maxLength(24)),
  /** In which nothing but an emergency sounds; may go over midnight. */
  quiet: v.nullable(v.object({ from: clock, to: clock })),
  chime: v.boolean(),
  /** What a device is to believe from now on, the one that signs and the next. */
  keys: v.optional(v.pipe(v.array(ProvinceKey), v.minLength(1), v.maxLength(4))),
})
export type ScheduleBody = v.InferOutput<typeof ScheduleBody>

export const MOST_EMERGENCIES = 20
/**
 * All that is to play at once at one station, above everything, quiet hours included; it takes the place of the one before
 * whole. Retained until none of it is valid any more.
 */
export const EmergencyBody = v.object({
  kind: v.literal('emergency'),
  /** In the order in which they sound; none: what was told before and has not begun is taken back. */
  plays: v.pipe(v.array(v.object({ playId: id, broadcast: BroadcastFile })), v.maxLength(MOST_EMERGENCIES)),
})
export type EmergencyBody = v.InferOutput<typeof EmergencyBody>

export const COMMANDS = ['volume', 'test_tone', 'restart', 'stop', 'resume', 'revoked'] as const
/** To one device. `stop` silences it at once until `resume`; what would have played meanwhile ends as failed. */
export const CommandBody = v.object({
  kind: v.literal('command'),
  id,
  command: v.picklist(COMMANDS),
  volume: v.optional(percent),
})
export type CommandBody = v.InferOutput<typeof CommandBody>

/** Says how far the log of a device is kept, so that it may forget what lies before. */
export const LoggedBody = v.object({ kind: v.literal('logged'), seq: v.number(), hash: v.string() })
export type LoggedBody = v.InferOutput<typeof LoggedBody>

/** Answers a question for the time; `asked` is the device's own nonce. */
export const TimeBody = v.object({ kind: v.literal('time'), asked: v.string(), now: moment })
export type TimeBody = v.InferOutput<typeof TimeBody>

/** A second of a speech of 32 kbit/s takes 4 kB: this is far above what a part of it needs. */
const MOST_LIVE_BYTES = 100_000
export const MOST_LIVE_SECONDS = 10
/**
 * Part of a speech that takes over all devices of one station while it is spoken. Not retained, and worth nothing to whoever
 * comes later.
 */
export const LiveBody = v.object({
  kind: v.literal('live'),
  /** One for each takeover and station. */
  playId: id,
  /** From 1, by one. */
  part: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100_000)),
  /** Nothing comes after it. */
  last: v.boolean(),
  /** With `last`: silence at once; else what has come before sounds to its end. */
  cut: v.optional(v.boolean()),
  seconds: v.pipe(v.number(), v.minValue(0), v.maxValue(MOST_LIVE_SECONDS)),
  /** Whole frames of MP3, base64, which go on from part to part; none in a last one that only says so. */
  audio: v.pipe(v.string(), v.regex(/^[A-Za-z0-9+/]*={0,2}$/), v.maxLength(Math.ceil(MOST_LIVE_BYTES / 3) * 4)),
})
export type LiveBody = v.InferOutput<typeof LiveBody>

export const TAKES = ['all', 'line'] as const
/** What a board can show: a screen takes all, light-emitting letters one line of words at a time. */
export type Takes = (typeof TAKES)[number]

/** As they are to be read: upper and lower case and every mark as written (NFC), none longer than the board can show. */
const lines = (most: number) => v.pipe(v.array(v.pipe(v.string(), v.maxLength(500))), v.maxLength(most))

/** What a board shows in turn with others, from when until when. */
export const PlannedShowing = v.object({
  id,
  class: v.picklist(CLASSES),
  language: v.pipe(v.string(), v.maxLength(35)),
  lines: v.pipe(lines(200), v.minLength(1)),
  /** A picture or film beside the words, held by its hash; what a picture shows in words. */
  file: v.nullable(
    v.object({
      sha256,
      bytes: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(LARGEST_BYTES)),
      mime: v.pipe(v.string(), v.regex(/^(image|video)\/[\w.+-]{1,40}$/)),
      alternative: v.pipe(v.string(), v.maxLength(1_000)),
    }),
  ),
  /** Of one turn of it. */
  seconds: v.pipe(v.number(), v.minValue(1), v.maxValue(600)),
  from: moment,
  until: moment,
})
export type PlannedShowing = v.InferOutput<typeof PlannedShowing>

/** All that one board is to show; it takes the place of the one before whole. Sent to the topic of the board, retained. */
export const ShowingsBody = v.object({
  kind: v.literal('showings'),
  version: v.pipe(v.number(), v.integer(), v.minValue(1)),
  takes: v.picklist(TAKES),
  showings: v.pipe(v.array(PlannedShowing), v.maxLength(200)),
  /** Numbers to call: beside all else where there is room, alone while nothing else stands. */
  hotlines: lines(40),
  keys: v.optional(v.pipe(v.array(ProvinceKey), v.minLength(1), v.maxLength(4))),
})
export type ShowingsBody = v.InferOutput<typeof ShowingsBody>

export const DownBody = v.variant('kind', [
  ScheduleBody,
  EmergencyBody,
  CommandBody,
  LoggedBody,
  TimeBody,
  ShowingsBody,
  LiveBody,
])
export type DownBody = v.InferOutput<typeof DownBody>

/** `to`: `s/<station code>`, `b/<board code>` or `d/<device id>`. `seq` goes up by itself for each `to` and kind: a lower one is a replay. */
export const Down = v.object({
  v: v.literal(VERSION),
  to: v.string(),
  seq: v.pipe(v.number(), v.integer(), v.minValue(1)),
  issuedAt: moment,
  validUntil: moment,
  body: DownBody,
})
export type Down = v.InferOutput<typeof Down>

export const ENDS = ['played', 'partial', 'skipped', 'preempted', 'failed'] as const
export type EndState = (typeof ENDS)[number]

/** One entry of the as-played log; `prev` is the hash of the entry before it, 64 noughts for the first. */
export const LogEntry = v.object({
  seq: v.pipe(v.number(), v.integer(), v.minValue(1)),
  prev: sha256,
  /** By the device's clock, righted by what it knows of the province's. */
  at: moment,
  /** Milliseconds by which its own clock was before the province's. */
  clockOffMs: v.number(),
  entry: v.variant('kind', [
    v.object({
      kind: v.literal('end'),
      playId: id,
      state: v.picklist(ENDS),
      startedAt: v.nullable(moment),
      seconds: v.pipe(v.number(), v.minValue(0)),
      volume: v.nullable(percent),
      reason: v.pipe(v.string(), v.maxLength(200)),
    }),
    /** A speech that takes over begins to sound, with which of its parts. */
    v.object({ kind: v.literal('began'), playId: id, part: v.pipe(v.number(), v.integer(), v.minValue(1)) }),
    v.object({
      kind: v.literal('refused'),
      what: v.pipe(v.string(), v.maxLength(60)),
      why: v.pipe(v.string(), v.maxLength(200)),
    }),
    v.object({ kind: v.literal('command'), id, answer: v.pipe(v.string(), v.maxLength(200)) }),
    v.object({
      kind: v.literal('note'),
      what: v.picklist(['started', 'stopped', 'clock_jump', 'disk_full', 'sound_fault', 'panel_fault']),
    }),
    /** A board showed it from then until then, so many whole turns, for so many seconds of that time. */
    v.object({
      kind: v.literal('shown'),
      showingId: id,
      from: moment,
      until: moment,
      turns: v.pipe(v.number(), v.integer(), v.minValue(0)),
      seconds: v.pipe(v.number(), v.minValue(0)),
    }),
  ]),
})
export type LogEntry = v.InferOutput<typeof LogEntry>

/** A piece of the log: entries one after another, signed once by the device over all of them. */
export const LogBody = v.object({
  kind: v.literal('log'),
  entries: v.pipe(v.array(LogEntry), v.minLength(1), v.maxLength(500)),
})
export const HeartbeatBody = v.object({
  kind: v.literal('heartbeat'),
  scheduleVersion: v.number(),
  stored: v.number(),
  nextPlayAt: v.nullable(moment),
  /** Null at a board. */
  volume: v.nullable(percent),
  clockOffMs: v.number(),
  faults: v.pipe(v.array(v.pipe(v.string(), v.maxLength(60))), v.maxLength(20)),
  agent: v.pipe(v.string(), v.maxLength(60)),
  /** The newest entry of its log. */
  logSeq: v.number(),
})
export type HeartbeatBody = v.InferOutput<typeof HeartbeatBody>
export const AskTimeBody = v.object({ kind: v.literal('ask_time'), asked: v.pipe(v.string(), v.maxLength(64)) })
export const Up = v.object({
  v: v.literal(VERSION),
  from: id,
  sentAt: moment,
  body: v.variant('kind', [LogBody, HeartbeatBody, AskTimeBody]),
})
export type Up = v.InferOutput<typeof Up>

/** The topics of MQTT. A device may read its own four and write its own one, nothing else. */
export const topics = {
  station: (code: string) => `loa/v1/s/${code}/schedule`,
  emergency: (code: string) => `loa/v1/s/${code}/emergency`,
  live: (code: string) => `loa/v1/s/${code}/live`,
  device: (deviceId: string) => `loa/v1/d/${deviceId}/down`,
  /** A board hears this in the place of those of a station. */
  showings: (code: string) => `loa/v1/b/${code}/showings`,
  up: (deviceId: string) => `loa/v1/d/${deviceId}/up`,
} as const
