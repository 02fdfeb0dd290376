import { rotateSpeakerKey, speakerKeyStanding } from '#core/station/index.ts'
import { sentenceOf } from '#app/wording/words.ts'
import { act } from '#web/forms/act.ts'
import { paths } from '#web/paths.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx, w } }) => {
  const { keys, devices, unheard, whyNot } = await speakerKeyStanding(ctx)
  return {
    keys: keys.map((key) => ({ ...key, key: key.id, standing: w(`speaker_key_${key.state}`) })),
    announced: keys.find(({ state }) => state === 'announced')?.signsFrom ?? null,
    devices,
    unheard,
    whyNot: whyNot && sentenceOf(w, whyNot),
  }
}

export const actions: Actions = {
  rotate: act(rotateSpeakerKey, { then: () => `${paths.stationsKeys}?done=speaker_key_rotated` }),
}
