import { randomBytes } from 'node:crypto'

/** Logs a fault of ours with its cause and answers the reference under which the operator finds it. */
export function keepFault(cause: unknown): string {
  const reference = randomBytes(4).toString('hex')
  console.error(`fault ${reference}:`, cause)
  return reference
}
