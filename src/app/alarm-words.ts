import type { Alarm } from '../core/alarm/index.ts'
import type { Words } from './wording/words.ts'

/** What has happened and what to do about it, in words. */
export interface AlarmWords {
  readonly what: string
  readonly todo: string
}

export function alarmWords(w: Words, { kind, facts }: Pick<Alarm, 'kind' | 'facts'>): AlarmWords {
  return { what: w(`alarm_${kind}`, worded(w, facts)), todo: w(`alarm_${kind}_do`) }
}

/** The page of what an alarm is about; null when that is the machine itself. */
export function alarmPath({ kind, releaseId, outletId, facts }: Alarm): string | null {
  if (releaseId) return `/releases/${releaseId}${kind === 'unknown_waiting' ? '?state=unknown' : ''}`
  if (!outletId) return null
  if (!kind.startsWith('device_')) return `/outlets/${outletId}${kind === 'unknown_waiting' ? '?state=unknown' : ''}`
  return facts['place'] === 'board' ? `/boards/${outletId}` : `/stations/${outletId}`
}

/** Channels and jobs are kept by their key: a person reads their name. */
function worded(w: Words, facts: Alarm['facts']): Alarm['facts'] {
  const { channel, job } = facts
  const jobKey = `alarm_job_${String(job).replaceAll('.', '_')}`
  return {
    ...facts,
    ...(channel !== undefined && { channel: w(`channel_${channel}`) }),
    ...(job !== undefined && { job: w.has(jobKey) ? w(jobKey) : job }),
  }
}
