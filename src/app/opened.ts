import type { Loa } from './loa.ts'

let opened: Loa | null = null

/** Remembers what this process opened, for the console's pages: they are built apart and cannot be handed it. */
export function keepOpened(loa: Loa): void {
  opened = loa
}

/** What this process opened. @throws Error when the entry served pages before opening anything. */
export function openedLoa(): Loa {
  if (!opened) throw new Error('Nothing is opened yet: call keepOpened(await openLoa(…)) before serving the console')
  return opened
}
