import type { Id, RefusalFacts, Role } from '../kernel/index.ts'

export const ALARM_KINDS = [
  'row_late',
  'no_worker',
  'schedule_late',
  'outlet_silent',
  'people_silent',
  'unknown_waiting',
  'device_silent',
  'device_clock',
  'device_behind',
  'device_faulty',
  'device_log',
  'device_attacked',
] as const
export type AlarmKind = (typeof ALARM_KINDS)[number]

/** Seconds a row may be due without being begun. */
export const LATE_AFTER_SECONDS = 60

/** Kinds whose patience a province may set, with the hours Loa brings. */
export const PATIENCE_HOURS = {
  // A machine that was switched off for the night is no news; one that is off until noon is.
  outlet_silent: 6,
  // A commune has its own week: two days after the task was due.
  people_silent: 48,
  // After the provider was asked in vain.
  unknown_waiting: 4,
  // A village's 3G is away for minutes every day.
  device_silent: 1,
} as const satisfies Partial<Record<AlarmKind, number>>
export type PatientKind = keyof typeof PATIENCE_HOURS
export type Patience = Readonly<Record<PatientKind, number>>

/** Who is told of it, in the body it is about, else in those above it. */
export const TOLD: Readonly<Record<AlarmKind, readonly Role[]>> = {
  row_late: ['campaign_officer', 'leader'],
  no_worker: ['administrator'],
  schedule_late: ['administrator'],
  outlet_silent: ['campaign_officer', 'field_officer'],
  people_silent: ['campaign_officer'],
  unknown_waiting: ['campaign_officer', 'leader'],
  device_silent: ['field_officer'],
  device_clock: ['field_officer'],
  device_behind: ['field_officer'],
  device_faulty: ['field_officer'],
  device_log: ['field_officer', 'campaign_officer'],
  device_attacked: ['field_officer', 'campaign_officer', 'administrator'],
}

/** Something that should move and does not, as it is found. */
export interface Standstill {
  readonly kind: AlarmKind
  /** What it is about; with `kind` it names the one alarm that may be open. */
  readonly subject: string
  readonly releaseId: Id<'release'> | null
  readonly outletId: Id<'outlet'> | null
  /** The body whose people are told; null: the administrators. */
  readonly organisationId: Id<'organisation'> | null
  /** What its sentence needs: names and numbers, never a contact point. */
  readonly facts: RefusalFacts
  readonly since: Date
}

/** A standstill that was noticed (cảnh báo). */
export interface Alarm extends Standstill {
  readonly id: Id<'alarm'>
  readonly raisedAt: Date
  readonly lastSeen: Date
  /** When all who are responsible had been told of it; null while they are not. */
  readonly toldAt: Date | null
  readonly clearedAt: Date | null
}
