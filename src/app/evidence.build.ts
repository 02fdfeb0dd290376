import { castOf } from '../core/identity/cast.build.ts'
import { followProofPictures, sendActivity, type Count } from '../core/evidence/index.ts'
import { newId, type Clock, type Ctx, type Id, type Role } from '../core/kernel/index.ts'
import { organisationByCode, organisationHierarchy } from '../core/organisation/index.ts'
import { placeByCode } from '../core/place/index.ts'
import { person } from '../testing/index.ts'
import { FEW_OUTLETS, openReleaseStage } from './release.build.ts'

/** One whole number, counted. */
export function whole(indicator: string, value: number): Count {
  return { indicator, breakdown: 'all', part: '', value, estimated: false }
}

/** A province with a department that runs campaigns and two communes, who work in them, and a talk to be sent. */
export async function openEvidenceStage(clock: Clock) {
  followProofPictures()
  const stage = await openReleaseStage(clock, FEW_OUTLETS)
  const { ctx, database } = stage
  const cast = castOf(database, { hierarchy: organisationHierarchy })
  const bodyOf = async (code: string): Promise<Id<'organisation'>> => {
    const body = await organisationByCode(ctx.db, code)
    if (!body) throw new Error(`the reference has ${code}`)
    return body.id
  }
  const placeOf = async (code: string): Promise<Id<'place'>> => {
    const place = await placeByCode(ctx.db, code)
    if (!place) throw new Error(`the reference has ${code}`)
    return place.id
  }
  const batXat = await bodyOf('UBND-02683')
  const somebody = async (username: string, role: Role, code: string): Promise<Ctx> => {
    const { id } = await cast.someone(username)
    return { ...ctx, actor: person(id, [{ role, organisationId: await bodyOf(code), delegationId: null }], username) }
  }
  const talk = {
    kind: 'talk',
    organisationId: batXat,
    placeId: await placeOf('02683'),
    day: '2026-11-20',
    topic: 'Việc nhẹ, lương cao',
    counts: [whole('sessions', 1), whole('attendances', 84)],
  }
  type Said = Parameters<typeof sendActivity>[1]
  return {
    ...stage,
    bodyOf,
    placeOf,
    batXat,
    somebody,
    talk,
    /** Heads Bát Xát. */
    head: await somebody('de', 'leader', 'UBND-02683'),
    /** Works in another commune. */
    neighbour: await somebody('may', 'field_officer', 'UBND-03046'),
    /** Has the officer of Bát Xát, or who is given, send a talk, otherwise where said so. Answers its id. */
    async sent(said: Partial<Said> = {}, by: Ctx = stage.commune): Promise<Id<'activity'>> {
      const { activityId } = await sendActivity(by, { ...talk, activityId: newId<'activity'>(), ...said })
      return activityId
    },
  }
}

export type EvidenceStage = Awaited<ReturnType<typeof openEvidenceStage>>
