import { CHANNELS, type ChannelKey } from '#core/channel/index.ts'
import { actingPerson, dayAt, Refusal, type Ctx, type Id } from '#core/kernel/index.ts'
import {
  addRendition,
  allRules,
  draftOf,
  editMessage,
  lockOf,
  MASTER_FIELDS,
  MESSAGE_LANGUAGES,
  standingOf,
  versionOf,
  withdrawMessage,
} from '#core/message/index.ts'
import { mediaWhere, whyNotUse } from '#core/media/index.ts'
import { placeById } from '#core/place/index.ts'
import { campaignById, themesOf } from '#core/plan/index.ts'
import { approvalOf, reviewsOf } from '#core/review/index.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { momentOf, momentTyped } from '#web/forms/moment.ts'
import { placesNamed } from '#web/forms/named.ts'
import { sentenceOf } from '#app/wording/words.ts'
import { languageWords } from '#web/lib/language-words.ts'
import { paths } from '#web/paths.ts'
import { placesToRecall, messageOf } from '../one-message.ts'
import { shownFinding } from './shown-finding.ts'
import { shownRendition } from './shown-rendition.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx, w, person }, params }) => {
  const message = await messageOf(ctx, params.id)
  const standing = await standingOf(ctx, message)
  const campaign = message.campaignId ? await campaignById(ctx.db, message.campaignId) : null
  const refusal = await editMessage.whyNot(ctx, { messageId: message.id } as Parameters<typeof editMessage.whyNot>[1]) // who may depends on the message alone
  const lock = await lockOf(ctx.db, message.id, 'master', ctx.clock.now())
  const me = actingPerson(ctx)
  const draft = me ? await draftOf(ctx.db, message.id, me, 'master') : null
  return {
    message,
    version: standing.version,
    approval: approvalOf(message, await reviewsOf(ctx.db, message.id)),
    campaign: campaign && { id: campaign.id, name: campaign.name },
    themes: campaign ? await themesOf(ctx.db, campaign.id) : [],
    findings: standing.findings.map((finding) => shownFinding(w, finding, standing.version)),
    renditions: standing.renditions.map((one) => shownRendition(w, one)),
    facts: [...standing.ground.facts.values()]
      .filter(({ validTo }) => validTo === null)
      .map(({ code, name, value, kind }) => ({ code, name, value, kind })),
    channels: allRules().map(({ key }) => ({ value: key, name: w(`channel_${key}`) })),
    languages: MESSAGE_LANGUAGES.map(({ tag }) => ({ value: tag, name: languageWords(w, tag) })),
    alsoHere: lock && lock.personId !== person?.id ? lock.personName : null,
    about: {
      ...message,
      places: await Promise.all(
        message.places.map(async (one) => (await placeById(ctx.db, one as Id<'place'>))?.name ?? ''),
      ),
      embargoUntil: momentTyped(message.embargoUntil),
    },
    pictures: (await mediaWhere(ctx.db, { words: '', kind: 'picture', withdrawn: false }, null, PICTURES))
      .filter((one) => whyNotUse(one, dayAt(ctx.clock.now())) === null)
      .map(({ id, title, alternative }) => ({ id, title, alternative })),
    draft: draft && draft.basedOn === standing.version.number ? draft : null,
    recalled: await placesToRecall(ctx, message.id),
    recallWords: w('recall_words', { title: message.workingTitle }),
    whyNot: refusal ? sentenceOf(w, refusal) : message.withdrawnAt ? w('refusal_message_is_withdrawn') : null,
  }
}

/** The newest pictures that a message may use. */
const PICTURES = 12

export const actions: Actions = {
  save: act(editMessage, {
    input: async (data, { locals: { ctx }, params }) => ({
      ...(await aboutOf(ctx, params.id)),
      workingTitle: fieldOf(data, 'workingTitle'),
      themes: data.getAll('themes').map(String),
      audiences: fieldOf(data, 'audiences')
        .split(/[\n;]/)
        .map((audience) => audience.trim())
        .filter(Boolean),
      places: await placesNamed(ctx, fieldOf(data, 'places'), 'places'),
      embargoUntil: momentOf(fieldOf(data, 'embargoUntil'), 'embargoUntil'),
      validUntil: fieldOf(data, 'validUntil') || null,
      ...Object.fromEntries(MASTER_FIELDS.map((field) => [field, fieldOf(data, field)])),
      basedOn: Number(fieldOf(data, 'basedOn')),
    }),
    then: (_version, { params }) => `${paths.message(params.id ?? '')}?done=message_saved`,
  }),
  mend: act(editMessage, {
    input: async (data, { locals: { ctx }, params }) => ({
      ...(await aboutOf(ctx, params.id)),
      ...(await mended(ctx, params.id, data)),
      basedOn: Number(fieldOf(data, 'basedOn')),
    }),
    then: (_version, { params }) => `${paths.message(params.id ?? '')}?done=message_mended`,
  }),
  add: act(addRendition, {
    input: (data, { params }) => ({
      messageId: params.id ?? '',
      channel: CHANNELS.find((key) => key === fieldOf(data, 'channel')) ?? ('' as ChannelKey), // '' the schema refuses
      language: fieldOf(data, 'otherLanguage').trim() || fieldOf(data, 'language'),
    }),
    then: (_id, { params }) => `${paths.message(params.id ?? '')}?done=rendition_added#renditions`,
  }),
  withdraw: act(withdrawMessage, {
    input: (data, { params }) => ({
      messageId: params.id ?? '',
      reason: fieldOf(data, 'reason'),
      recall: fieldOf(data, 'recall'),
    }),
    then: (_result, { params }) => `${paths.message(params.id ?? '')}?done=message_withdrawn`,
  }),
}

/** What a save of the words alone leaves as it is. */
async function aboutOf(ctx: Ctx, id: string | undefined) {
  const message = await messageOf(ctx, id)
  const { kind, workingTitle, themes, audiences, places, embargoUntil, validUntil } = message
  const about = { kind, workingTitle, audiences: [...audiences], embargoUntil, validUntil }
  return { ...about, messageId: message.id as string, themes: [...themes], places: [...places] }
}

/** The words with one finding's mend put in the place of its span. */
async function mended(ctx: Ctx, id: string | undefined, data: FormData) {
  const message = await messageOf(ctx, id)
  const version = await versionOf(ctx.db, message.id, message.currentVersion)
  const field = MASTER_FIELDS.find((name) => name === fieldOf(data, 'field'))
  if (!version || !field) throw new Refusal('message.changed')
  const words = Object.fromEntries(MASTER_FIELDS.map((name) => [name, version[name]]))
  const [start, end] = [Number(fieldOf(data, 'start')), Number(fieldOf(data, 'end'))]
  const text = version[field]
  return { ...words, [field]: text.slice(0, start) + fieldOf(data, 'mend') + text.slice(end) }
}
