import { parentPort, workerData } from 'node:worker_threads'
import { Refusal } from '../../core/kernel/refusal.ts'
import type { DocumentText, ReadingProgress } from './document-text.ts'
import type { DocumentLimits } from './limits.ts'
import { readBytes } from './read-bytes.ts'

export interface WorkerTask {
  readonly bytes: Uint8Array
  readonly limits: DocumentLimits
}

export type WorkerMessage =
  | { readonly kind: 'progress'; readonly progress: ReadingProgress }
  | { readonly kind: 'done'; readonly document: DocumentText }
  | { readonly kind: 'refused'; readonly code: string; readonly facts: Refusal['facts']; readonly cause: string | null }

const port = parentPort
if (port) {
  const { bytes, limits } = workerData as WorkerTask
  const say = (message: WorkerMessage): void => port.postMessage(message)
  try {
    say({ kind: 'done', document: await readBytes(bytes, limits, (progress) => say({ kind: 'progress', progress })) })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const cause = error.cause instanceof Error ? (error.cause.stack ?? error.cause.message) : null
    say({ kind: 'refused', code: error.code, facts: error.facts, cause })
  }
}
