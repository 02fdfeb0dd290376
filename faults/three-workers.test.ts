import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { livingWorkers } from '../src/core/alarm/index.ts'
import { countsOf, pressRelease, proposeRelease } from '../src/core/release/index.ts'
import { approvedNotice } from '../src/app/release.build.ts'
import { installedServer, whyNoServer } from '../src/testing/installed-server.ts'
import { endInPeace } from './kills/end-in-peace.ts'
import { openStage, type Stage } from './kills/stage.ts'
import { CHANNELS } from './province.ts'
import { isGood, verdictLine } from './verdict.ts'

const SUBSCRIBERS = 2_000

describe.skipIf(whyNoServer !== null)(
  `on a PostgreSQL server with three workers${whyNoServer ? ` (${whyNoServer})` : ''}`,
  () => {
    let stage: Stage
    beforeAll(async () => {
      stage = await openStage({ seed: 1, workers: 3, subscribers: SUBSCRIBERS, programs: installedServer ?? '' })
      for (const program of [stage.receiver, ...stage.workers])
        expect(await program.start(), program.lastWords).toBe(true)
    }, 120_000)
    afterAll(async () => {
      for (const program of [stage.receiver, ...stage.workers]) await program.stop()
      await stage.close()
    }, 60_000)

    test(
      'two thousand rows come to their end, each once, though one worker is killed in the midst',
      { timeout: 300_000 },
      async () => {
        const { office, db, close } = await stage.people()
        expect(await livingWorkers(db)).toHaveLength(3)
        const { writer, leader, body } = office
        const messageId = await approvedNotice(writer, leader, body, CHANNELS)
        const wish = {
          channels: [...CHANNELS],
          startsAt: new Date(),
          words: 'Phát',
          lane: 'emergency' as const,
          laneReason: 'Lũ',
        }
        const releaseId = await proposeRelease(leader, { ...wish, messageId })
        await pressRelease(writer, { releaseId })
        while ((await stage.counted()).taken.size < SUBSCRIBERS / 3) await wait(100)
        await stage.workers[0]?.kill()
        while ((await stage.counted()).taken.size < SUBSCRIBERS * 0.9) await wait(100)
        const { verdict, whole } = await endInPeace(stage, 0)
        expect(verdict.wrong, verdictLine(verdict)).toEqual([])
        expect(isGood(verdict), verdictLine(verdict)).toBe(true)
        expect(whole).toBe(true)
        expect(verdict.planned).toBe(SUBSCRIBERS + 36)
        const { delivered } = await countsOf(db, releaseId)
        expect(delivered).toBeGreaterThan(SUBSCRIBERS * 0.9)
        await close()
      },
    )
  },
)
