import * as v from 'valibot'
import { actingPerson, action, dayAt, idOf, Refusal, refuseIf, type Role } from '../kernel/index.ts'
import { lastIssuedOn, raiseLastNumber, takeNumber, updateDocument } from './document.store.ts'
import { whyNotIssue } from './document.ts'
import { aboutDocument, documentToChange, OneDocument, within } from './draft-document.ts'
import { letterheadOf } from './letterhead.ts'
import { DOCUMENT_TYPE_KEYS } from './paper.ts'

const ISSUERS: readonly Role[] = ['campaign_officer', 'leader']

/**
 * Issues a draft: it takes the next number of its body, type and year, and today's date, and its words stand from now on.
 * Numbers go up with the days (decree 30/2020, annex VI, part I, III.1đ).
 */
export const issueDocument = action('document.issue', {
  input: OneDocument,
  may: { who: 'roles', roles: ISSUERS, within },
  records: ({ documentId }, number: number) => aboutDocument(documentId, { number }),
  async run(ctx, which): Promise<number> {
    const document = await documentToChange(ctx, which, 'issue')
    refuseIf(whyNotIssue(document))
    const issuedOn = dayAt(ctx.clock.now())
    const year = Number(issuedOn.slice(0, 4))
    const register = { organisationId: document.organisationId, type: document.type, year }
    const number = await takeNumber(ctx.db, register)
    // After the number: whoever holds it is the only one to write here.
    const before = await lastIssuedOn(ctx.db, register)
    if (before !== null && before > issuedOn) throw new Refusal('document.day_before_last', { day: before })
    await updateDocument(ctx.db, document.id, {
      state: 'issued',
      number,
      year,
      issuedOn,
      letterhead: await letterheadOf(ctx, document.organisationId),
      issuedBy: actingPerson(ctx),
    })
    return number
  },
})

/** Goes on from the last number that a body gave out elsewhere this year, on paper or in another system. */
export const continueRegister = action('document.continue_register', {
  input: v.object({
    organisationId: idOf<'organisation'>(),
    type: v.picklist(DOCUMENT_TYPE_KEYS),
    year: v.pipe(v.number(), v.integer(), v.minValue(2020), v.maxValue(2100)),
    last: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(99_999)),
  }),
  may: {
    who: 'roles',
    roles: ['administrator', 'campaign_officer', 'leader'],
    within: (_ctx, { organisationId }) => organisationId,
  },
  records: ({ organisationId, type, year, last }) => ({
    subject: 'organisation',
    subjectId: organisationId,
    facts: { type, year, last },
  }),
  async run(ctx, { last, ...register }) {
    if (!(await raiseLastNumber(ctx.db, register, last))) throw new Refusal('document.number_taken', { last }, 'last')
  },
})
