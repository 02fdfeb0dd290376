import { Refusal, refuseIf, type Ctx } from '#core/kernel/index.ts'
import {
  ACCENTS,
  confirmRendition,
  dropRendition,
  editRendition,
  recomposeRendition,
  recordRendition,
  renditionVersionsOf,
  restoreRendition,
  rulesOf,
  signRendition,
  standingOf,
  termsOf,
  useRecording,
  VOICES,
} from '#core/message/index.ts'
import { askSpeech, stopSpeech } from '#core/speech/index.ts'
import { takeRecording } from '#app/recordings.ts'
import { sentenceOf } from '#app/wording/words.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { paths } from '#web/paths.ts'
import { messageOf, renditionOf } from '../../../one-message.ts'
import { shownRendition } from '../../shown-rendition.ts'
import { shownSpeech } from './shown-speech.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx, w }, params }) => {
  const message = await messageOf(ctx, params.id)
  const { id } = await renditionOf(ctx, message, params.rendition)
  const standing = await standingOf(ctx, message)
  const one = standing.renditions.find(({ rendition }) => rendition.id === id)
  if (!one) throw new Refusal('message.no_rendition')
  const refusal = await dropRendition.whyNot(ctx, { renditionId: id })
  const versions = await renditionVersionsOf(ctx.db, id, 20)
  return {
    message: { id: message.id, title: message.workingTitle, language: message.language },
    rendition: shownRendition(w, one),
    speech: one.rendition.language === 'vi' ? await shownSpeech(ctx, w, one.rendition) : null,
    terms: await termsOf(ctx.db, one.rendition.language),
    voices: message.kind === 'story' ? VOICES.map((value) => ({ value, name: w(`voice_${value}`) })) : [],
    versions: versions.map(({ number, editedAt }) => ({ number, editedAt })),
    whyNot: refusal ? sentenceOf(w, refusal) : message.withdrawnAt ? w('refusal_message_is_withdrawn') : null,
  }
}

type Here = { readonly params: Partial<Record<string, string>> }
const which = (data: FormData, { params }: Here) => ({
  renditionId: params.rendition ?? '',
  basedOn: Number(fieldOf(data, 'basedOn')),
})
const here =
  (done: string) =>
  (_result: unknown, { params }: Here) =>
    `${paths.rendition(params.id ?? '', params.rendition ?? '')}?done=${done}`

export const actions: Actions = {
  save: act(editRendition, {
    input: async (data, event) => ({ ...which(data, event), fields: await fieldsIn(event.locals.ctx, data, event) }),
    then: here('rendition_saved'),
  }),
  recompose: act(recomposeRendition, { input: which, then: here('rendition_composed') }),
  confirm: act(confirmRendition, { input: which, then: here('rendition_confirmed') }),
  restore: act(restoreRendition, {
    input: (data, event) => ({ ...which(data, event), version: Number(fieldOf(data, 'version')) }),
    then: here('rendition_restored'),
  }),
  sign: act(signRendition, {
    input: (data, event) => ({
      ...which(data, event),
      speaker: fieldOf(data, 'speaker'),
      backTranslation: fieldOf(data, 'backTranslation'),
    }),
    then: here('rendition_signed'),
  }),
  record: act(recordRendition, {
    input: async (data, event) => {
      const file = data.get('recording')
      if (!(file instanceof File) || file.size === 0) throw new Refusal('input.required', {}, 'recording')
      return recorded(data, event, new Uint8Array(await file.arrayBuffer()))
    },
    then: here('rendition_recorded'),
  }),
  trim: act(recordRendition, {
    input: async (data, event) => {
      const { ctx } = event.locals
      const { recording } = (await renditionOf(ctx, await messageOf(ctx, event.params.id), event.params.rendition))
        .current
      if (!recording) throw new Refusal('message.no_recording')
      const taken = await recorded(data, event, await ctx.files.get(recording.sha256))
      return { ...taken, voice: taken.voice ?? recording.voice, cut: true }
    },
    then: here('rendition_trimmed'),
  }),
  use: act(useRecording, {
    input: (data, event) => ({ ...which(data, event), reason: fieldOf(data, 'reason') }),
    then: here('recording_used'),
  }),
  speak: act(askSpeech, {
    input: (data, event) => ({
      ...which(data, event),
      voice: fieldOf(data, 'machine'),
      accent: ACCENTS.find((one) => one === fieldOf(data, 'accent')) ?? ('north' as const),
      speed: Number(fieldOf(data, 'speed')),
      chime: data.has('chime'),
    }),
    then: here('speech_asked'),
  }),
  stopSpeech: act(stopSpeech, {
    input: (data) => ({ speechId: fieldOf(data, 'speechId') }),
    then: here('speech_stopped'),
  }),
  drop: act(dropRendition, {
    input: (_data, { params }) => ({ renditionId: params.rendition ?? '' }),
    then: (id) => `${paths.message(id)}?done=rendition_dropped`,
  }),
}

/** A sound taken in as the form says. Who may not record is told before the work of it. */
async function recorded(data: FormData, event: Here & { readonly locals: App.Locals }, bytes: Uint8Array) {
  const { ctx } = event.locals
  const rendition = await renditionOf(ctx, await messageOf(ctx, event.params.id), event.params.rendition)
  refuseIf(await dropRendition.whyNot(ctx, { renditionId: rendition.id }))
  const wish = {
    from: fieldOf(data, 'from'),
    to: fieldOf(data, 'to'),
    level: data.has('level'),
    trim: data.has('trim'),
  }
  const voice = VOICES.find((one) => one === fieldOf(data, 'voice')) ?? null
  return { ...which(data, event), ...(await takeRecording(ctx, bytes, wish)), voice }
}

/** The fields of the channel as they stand in the form. */
async function fieldsIn(ctx: Ctx, data: FormData, { params }: Here): Promise<Record<string, string>> {
  const rendition = await renditionOf(ctx, await messageOf(ctx, params.id), params.rendition)
  return Object.fromEntries(rulesOf(rendition.channel).fields.map(({ name }) => [name, fieldOf(data, name)]))
}
