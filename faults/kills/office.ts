import { approvedNotice } from '../../src/app/release.build.ts'
import type { Ctx, Id, Role } from '../../src/core/kernel/index.ts'
import { organisationIdsByCode } from '../../src/core/organisation/index.ts'
import {
  cancelRelease,
  pauseRelease,
  pressRelease,
  proposeRelease,
  recallRelease,
  releasesWhere,
  resumeRelease,
  type Release,
} from '../../src/core/release/index.ts'
import { person } from '../../src/testing/index.ts'
import { CHANNELS } from '../province.ts'
import type { Random } from '../random.ts'

/** Who works in the office of a release stage, found again by another process. */
export interface Office {
  readonly writer: Ctx
  readonly leader: Ctx
  readonly commune: Ctx
  readonly body: Id<'organisation'>
}

export async function officeOf(ctx: Ctx): Promise<Office> {
  const bodies = await organisationIdsByCode(ctx.db, ['SVHTTDL-LC-2025', 'UBND-02683'])
  const rows = await ctx.db.selectFrom('person').select(['id', 'username']).execute()
  const somebody = (username: string, role: Role, code: string): Ctx => {
    const found = rows.find((row) => row.username === username)
    const organisationId = bodies.get(code)
    if (!found || !organisationId) throw new Error(`the stage has ${username} in ${code}`)
    // As openReleaseStage made them.
    const id = found.id as Id<'person'>
    return { ...ctx, actor: person(id, [{ role, organisationId, delegationId: null }], username) }
  }
  return {
    writer: somebody('hoa', 'campaign_officer', 'SVHTTDL-LC-2025'),
    leader: somebody('thang', 'leader', 'SVHTTDL-LC-2025'),
    commune: somebody('pao', 'field_officer', 'UBND-02683'),
    body: bodies.get('SVHTTDL-LC-2025') as Id<'organisation'>, // found just above
  }
}

/** One deed of a day in the office: mostly something new goes out, sometimes what goes out is stopped or taken back. */
export async function doSomething(office: Office, random: Random): Promise<void> {
  const { writer, leader } = office
  if (random.chance(0.55)) return release(office, random)
  const recent = (await releasesWhere(writer.db, null, null, 12)).filter(
    ({ kind, state }) => kind === 'original' && state === 'released',
  )
  if (recent.length === 0) return release(office, random)
  const { id: releaseId } = random.pick(recent)
  const deeds = [
    () => pauseRelease(writer, { releaseId }),
    () => resumeRelease(writer, { releaseId }),
    () => cancelRelease(writer, { releaseId, reason: 'Thôi' }),
    () => recallRelease(leader, { releaseId, reason: 'Sai', words: 'Gỡ xuống' }),
    () => resumeAll(writer, recent),
  ]
  await random.pick(deeds)()
}

/** Three in four are emergencies, which wait for no minute in which they may be undone. */
async function release({ writer, leader, body }: Office, random: Random): Promise<void> {
  const messageId = await approvedNotice(writer, leader, body, CHANNELS)
  const urgent = random.chance(0.75)
  const wish = {
    messageId,
    channels: [...CHANNELS],
    startsAt: writer.clock.now(),
    words: 'Phát',
    ...(urgent && { lane: 'emergency' as const, laneReason: 'Lũ' }),
    ...(random.chance(0.1) && { endsAt: new Date(writer.clock.now().getTime() + 90_000) }),
  }
  const releaseId = await proposeRelease(leader, wish)
  await pressRelease(writer, { releaseId })
}

async function resumeAll(writer: Ctx, releases: readonly Release[]): Promise<void> {
  for (const { id: releaseId, pausedAt } of releases) if (pausedAt) await resumeRelease(writer, { releaseId })
}
