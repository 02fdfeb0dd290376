import { Worker } from 'node:worker_threads'
import { Refusal } from '../../core/kernel/refusal.ts'
import type { DocumentText, ReadingProgress } from './document-text.ts'
import { DOCUMENT_LIMITS, type DocumentLimits } from './limits.ts'
import type { WorkerMessage, WorkerTask } from './worker.ts'

export interface ReadDocumentOptions {
  /** Ends the reading at once; the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: ReadingProgress) => void
  readonly limits?: Partial<DocumentLimits>
}

/**
 * Takes the text out of a file, whatever its name promises, in a worker thread of its own that is ended on abort,
 * on `limits.silentMs` without a finished page and on `limits.totalMs`. Nothing is kept and nothing leaves the machine.
 * The worker is started from its TypeScript source beside this file, so the caller must run natively under Node
 * (the server's job runner does; a bundled page hands the work to that job).
 *
 * @param name The name the file came under, for the facts of a refusal only.
 * @throws Refusal `document.empty`, `.unknown_type`, `.encrypted`, `.broken`, `.bomb`, `.too_large`, `.too_many_pages`, `.took_too_long`
 */
export async function readDocument(
  bytes: Uint8Array,
  name: string,
  options: ReadDocumentOptions = {},
): Promise<DocumentText> {
  const { signal, onProgress } = options
  const limits = { ...DOCUMENT_LIMITS, ...options.limits }
  signal?.throwIfAborted()
  // Before the copy for the worker: what is too large is not copied.
  if (bytes.length > limits.fileBytes) {
    throw new Refusal('document.too_large', {
      name,
      megabytes: Math.ceil(bytes.length / 2 ** 20),
      limit: Math.ceil(limits.fileBytes / 2 ** 20),
    })
  }
  const task: WorkerTask = { bytes, limits }
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: limits.heapMb },
    // What libraries print about a broken file is no business of the server's log.
    stdout: true,
    stderr: true,
  })
  try {
    return await outcomeOf(worker, name, limits, signal, onProgress)
  } finally {
    await worker.terminate()
  }
}

function outcomeOf(
  worker: Worker,
  name: string,
  limits: DocumentLimits,
  signal: AbortSignal | undefined,
  onProgress: ReadDocumentOptions['onProgress'],
): Promise<DocumentText> {
  return new Promise((resolve, reject) => {
    const tooLong = (): void => settle(() => reject(new Refusal('document.took_too_long', { name })))
    const total = setTimeout(tooLong, limits.totalMs)
    let silent = setTimeout(tooLong, limits.silentMs)
    const abort = (): void => settle(() => reject(signal?.reason))
    signal?.addEventListener('abort', abort, { once: true })
    const settle = (act: () => void): void => {
      clearTimeout(total)
      clearTimeout(silent)
      signal?.removeEventListener('abort', abort)
      act()
    }
    worker.on('message', (message: WorkerMessage) => {
      if (message.kind === 'progress') {
        clearTimeout(silent)
        silent = setTimeout(tooLong, limits.silentMs)
        onProgress?.(message.progress)
      } else if (message.kind === 'done') settle(() => resolve(message.document))
      else settle(() => reject(refusalOf(message, name)))
    })
    worker.on('error', (error: NodeJS.ErrnoException) =>
      settle(() => reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new Refusal('document.bomb', { name }) : error)),
    )
    worker.on('exit', () => settle(() => reject(new Refusal('document.broken', { name }))))
  })
}

function refusalOf(message: Extract<WorkerMessage, { kind: 'refused' }>, name: string): Refusal {
  const refusal = new Refusal(message.code, { ...message.facts, name })
  if (message.cause !== null) refusal.cause = new Error(message.cause)
  return refusal
}
