import * as v from 'valibot'
import { idOf, job } from '../kernel/index.ts'
import { makeSpeech } from './make-speech.ts'
import { speechMaker } from './speech-maker.ts'

export const makeSpeechJob = job('speech.make', {
  payload: v.object({ speechId: idOf<'speech'>() }),
  retry: { times: 2, firstAfterSeconds: 5 },
  run: (ctx, { speechId }) => makeSpeech(ctx, speechMaker(), speechId),
})
