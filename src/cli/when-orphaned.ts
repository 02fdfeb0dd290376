import { readFile } from 'node:fs/promises'

const LOOKS_EVERY_MS = 500

/** Calls back when the program that started us is gone: npm that is killed tells nobody, and a shell may stand between. */
export async function whenOrphaned(then: () => void): Promise<void> {
  const before = await ancestors()
  const look = setInterval(async () => {
    if ((await ancestors()) === before) return
    clearInterval(look)
    then()
  }, LOOKS_EVERY_MS)
  look.unref()
}

/** Our parent and its parent. */
async function ancestors(): Promise<string> {
  const parent = process.ppid
  const stat = await readFile(`/proc/${parent}/stat`, 'latin1').catch(() => '')
  // proc(5): the parent's number is the second field after the name in brackets, which may hold anything.
  return `${parent} ${/.*\) \S (\d+)/s.exec(stat)?.[1] ?? ''}`
}
