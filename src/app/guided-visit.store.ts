import { sql } from 'kysely'
import type { Db } from '../core/kernel/index.ts'
import type { VisitStep } from './guided-visit.ts'

/** Which steps somebody has gone already, as the traces they leave tell. */
export async function stepsGone(db: Db): Promise<Readonly<Record<VisitStep, boolean>>> {
  const { rows } = await sql<Record<VisitStep, boolean>>`select
    exists (select 1 from plan where state = 'confirmed') as plan,
    exists (select 1 from task where state in ('accepted', 'done')) as task,
    exists (select 1 from message) as message,
    exists (select 1 from review where state = 'approved') as review,
    exists (select 1 from release) as propose,
    exists (select 1 from release where state = 'released') as press,
    exists (select 1 from delivery where state = 'delivered') as arrive,
    exists (select 1 from play_end where state = 'played' and device_id is not null) as hear,
    exists (select 1 from activity) as prove,
    exists (select 1 from activity where state = 'accepted') as accept,
    exists (select 1 from document where type = 'report') as report`.execute(db)
  return rows[0]! // one row, whatever the tables hold
}
