import type { Ctx } from '../kernel/index.ts'
import type {
  BridgePackage,
  SourceBulletin,
  SourceDay,
  SourcePlay,
  SourceShowing,
  SourceSlot,
} from './bridge-package.ts'
import { codesOf, settingOf } from './code.store.ts'
import { CodeTable, type BridgeDays, type BridgeSetting } from './code.ts'
import { outgoingBeats, outgoingShowings, type OutgoingShowing } from './outgoing-boards.store.ts'
import { outgoingLive, type OutgoingLive } from './outgoing-live.store.ts'
import {
  outgoingBulletins,
  outgoingDevices,
  outgoingFigures,
  outgoingPlays,
  type OutgoingBulletin,
  type OutgoingPlay,
} from './outgoing.store.ts'

/** All that the other system is told of these days, in its codes; what has no code there has none here. */
export async function packageOf(ctx: Ctx, days: BridgeDays): Promise<BridgePackage> {
  const setting = await settingOf(ctx.db)
  const codes = new CodeTable(await codesOf(ctx.db))
  const bulletins = await outgoingBulletins(ctx.db, days)
  const live = await outgoingLive(ctx.db, days)
  return {
    source: setting.sourceCode,
    madeAt: ctx.clock.now(),
    bulletins: [
      ...bulletins.map((one) => bulletinOf(one, setting, codes)),
      ...[...Map.groupBy(live, ({ id }) => id).values()].flatMap((one) => liveOf(one, setting, codes)),
    ],
    days: daysOf([...(await outgoingPlays(ctx.db, days)), ...live.map(livePlayOf)]),
    devices: await outgoingDevices(ctx.db),
    figures: await outgoingFigures(ctx.db, days),
    reports: [],
    beats: await outgoingBeats(ctx.db),
    showings: (await outgoingShowings(ctx.db, days)).map(showingOf),
  }
}

/** How many codes bulletins lack. */
export function unmappedIn(bulletins: readonly SourceBulletin[]): number {
  return bulletins.flatMap(({ field, kind, urgency }) => [field, kind, urgency]).filter((code) => code === '').length
}

/** The recordings of a package, each once, by their hash; one that is not kept here any more is left out. */
export async function soundsOf(ctx: Ctx, { bulletins }: BridgePackage): Promise<Map<string, Uint8Array>> {
  const sounds = new Map<string, Uint8Array>()
  for (const { sound } of bulletins) {
    if (!sound || sounds.has(sound.sha256) || !(await ctx.files.has(sound.sha256))) continue
    sounds.set(sound.sha256, await ctx.files.get(sound.sha256))
  }
  return sounds
}

function bulletinOf(given: OutgoingBulletin, setting: BridgeSetting, codes: CodeTable): SourceBulletin {
  const { id, title, script, seconds, author, stations, madeAt, sha256, bytes, language } = given
  return {
    ...{ id, title, seconds },
    field: codes.codeOf('field', setting.defaultField),
    kind: codes.codeOf('bulletin', 'recording'),
    urgency: codes.codeOf('class', given.class),
    source: setting.sourceCode,
    words: script,
    summary: '',
    from: author,
    // Who of the staff wrote it is nobody's affair outside.
    createdBy: '',
    createdAt: madeAt.toISOString(),
    reach: stations,
    author: { name: author, userName: '', mail: '', penName: '' },
    sound: { sha256, bytes, language },
  }
}

/** What was said live: a bulletin without a file before it, as long as it was spoken, as the kind of relays and live speech. */
function liveOf(stations: readonly OutgoingLive[], setting: BridgeSetting, codes: CodeTable): SourceBulletin[] {
  const [first] = stations
  if (!first) return []
  const { id, speaker, reason, seconds, beganAt, sha256, bytes, language } = first
  return [
    {
      ...{ id, title: speaker, seconds, words: reason, summary: '', source: setting.sourceCode },
      field: codes.codeOf('field', setting.defaultField),
      kind: codes.codeOf('bulletin', 'live'),
      // Two persons let it interrupt what sounds, as only an emergency may.
      urgency: codes.codeOf('class', 'emergency'),
      ...{ from: speaker, createdBy: '', createdAt: beganAt.toISOString() },
      reach: stations.map(({ station }) => station),
      author: { name: speaker, userName: '', mail: '', penName: '' },
      sound: sha256 !== null && bytes !== null ? { sha256, bytes, language } : null,
    },
  ]
}

function livePlayOf({ id, playId, station, day, begins, ends, seconds }: OutgoingLive): OutgoingPlay {
  return { id: playId, station, day, slotId: null, slot: '', begins, ends, broadcastId: id, seconds }
}

/** By the names of a board's client; a line of letters is words alone. */
const SHOWING_KINDS = {
  line: 'BanTinVanBan',
  notice: 'BanTinThongBao',
  picture: 'BanTinHinhAnh',
  film: 'BanTinVideo',
} as const

function showingOf({ kind, ...showing }: OutgoingShowing): SourceShowing {
  return { ...showing, kind: SHOWING_KINDS[kind], on: true }
}

function daysOf(plays: readonly OutgoingPlay[]): SourceDay[] {
  const byDay = Map.groupBy(plays, ({ station, day }) => `${station} ${day}`)
  return [...byDay].map(([id, ofDay]) => {
    const { station = '', day = '' } = ofDay[0] ?? {}
    return { id, station, day, copies: [], slots: slotsOf(ofDay) }
  })
}

function slotsOf(plays: readonly OutgoingPlay[]): SourceSlot[] {
  // What plays outside of a slot, as an emergency does, is one of its own.
  const bySlot = Map.groupBy(plays, ({ slotId, id }) => slotId ?? id)
  const slots = [...bySlot].map(([id, ofSlot]) => {
    const { slot = '', begins = '', ends = '' } = ofSlot[0] ?? {}
    return { id, name: slot, begins, ends, plays: ofSlot.map(playOf) }
  })
  return slots.toSorted((one, other) => one.begins.localeCompare(other.begins))
}

function playOf({ id, broadcastId, seconds }: OutgoingPlay, at: number): SourcePlay {
  return { id, order: at + 1, bulletinId: broadcastId, seconds }
}
