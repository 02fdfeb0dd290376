/** Finishes a speech in a thread of its own: levelling and encoding minutes of sound must not stop the pages. */
import { parentPort, workerData } from 'node:worker_threads'
import { masterSpeech, type MasterWish } from './master-speech.ts'

parentPort?.postMessage(await masterSpeech(workerData as MasterWish)) // speech-maker.ts passes nothing else
