import * as v from 'valibot'
import { action, dayAt, idOf, newId, Refusal, type Ctx, type Id } from '../kernel/index.ts'
import type { DocumentReader, ReadDocument } from './document-reader.ts'
import { insertProposals } from './item.store.ts'
import { proposalsOf } from './item.ts'
import { insertPages } from './page.store.ts'
import { lockPlan, planById, setProgress, setReading, setRefused } from './plan.store.ts'
import { readPlan } from './reading/read-plan.ts'
import type { Reading } from './reading/reading.ts'
import { registerOf } from './register.ts'

/**
 * Reads the file of a plan and keeps what was read in one transaction: whole or not at all. A file that cannot be read
 * leaves the plan `refused` with the reason. Safe to run twice: a plan that is read already is left as it is.
 */
export async function readPlanFile(ctx: Ctx, documents: DocumentReader, planId: Id<'plan'>): Promise<void> {
  const plan = await planById(ctx.db, planId)
  if (!plan || plan.state !== 'reading') return
  try {
    const bytes = await ctx.files.get(plan.fileSha256)
    let shown = 0
    const document = await documents.read(bytes, plan.fileName, {
      onProgress(page, pages) {
        if (page === shown) return
        shown = page
        // Progress is only looked at; a page that is not counted in time is no fault.
        setProgress(ctx.db, planId, page, pages).catch(() => {})
      },
    })
    const reading = readPlan(document.text, { register: await registerOf(ctx.db), today: dayAt(ctx.clock.now()) })
    const images = await keepImages(ctx, document)
    await recordReading(ctx, { planId, document, reading, images })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    await refusePlan(ctx, { planId, code: error.code, facts: { ...error.facts } })
  }
}

/** The images of scanned pages by their number, kept before the transaction: a file without a row harms nobody. */
async function keepImages(ctx: Ctx, document: ReadDocument): Promise<Map<number, string>> {
  const images = new Map<number, string>()
  for (const page of document.pages) {
    if (page.image) images.set(page.number, await ctx.files.put(page.image.bytes))
  }
  return images
}

const recordReading = action('plan.record_reading', {
  input: v.object({
    planId: idOf<'plan'>(),
    document: v.custom<ReadDocument>((value) => typeof value === 'object'),
    reading: v.custom<Reading>((value) => typeof value === 'object'),
    images: v.custom<Map<number, string>>((value) => value instanceof Map),
  }),
  may: { who: 'system' },
  records: ({ planId, document, reading }, recorded: boolean) =>
    recorded
      ? {
          subject: 'plan',
          subjectId: planId,
          facts: { format: document.format, scanned: document.scanned, duties: reading.duties.length },
        }
      : null,
  async run(ctx, { planId, document, reading, images }) {
    const plan = await lockPlan(ctx.db, planId)
    if (plan?.state !== 'reading') return false // another run of the job was first
    const { document: head } = reading
    await setReading(ctx.db, planId, {
      text: reading.text,
      machineText: null,
      reading,
      ...headColumns(head),
      format: document.format,
      scanned: document.scanned,
      encoding: document.encoding,
      signatures: document.signatures,
      pages: document.pages.length,
      pagesRead: document.pages.length,
    })
    await insertPages(ctx.db, planId, document.pages, images)
    await insertProposals(ctx.db, planId, withIds(reading))
    return true
  },
})

const refusePlan = action('plan.refuse', {
  input: v.object({
    planId: idOf<'plan'>(),
    code: v.string(),
    facts: v.record(v.string(), v.union([v.string(), v.number()])),
  }),
  may: { who: 'system' },
  records: ({ planId, code }) => ({ subject: 'plan', subjectId: planId, facts: { code } }),
  run: (ctx, { planId, code, facts }) => setRefused(ctx.db, planId, code, facts),
})

export function headColumns({ type, notation, issuer, issuedOn, title }: Reading['document']) {
  return { type, notation, issuer, issuedOn, title }
}

export function withIds(reading: Reading) {
  return proposalsOf(reading).map((proposal) => ({ ...proposal, id: newId<'plan_item'>() }))
}
