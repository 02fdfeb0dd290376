import { mkdir, readdir, rename, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Dropped, DropFolder } from '../../core/bridge/index.ts'
import type { Refusal } from '../../core/kernel/index.ts'
import { readFolderOrFile } from './package-folder.ts'
import { writeWhole } from './write-whole.ts'

/** Nobody who writes rests so long between two pieces, on any line but a broken one. */
const STILL_MS = 30_000
/** What is no package after so long will not become one. */
const OLD_MS = 10 * 60_000
/** How programs that copy name what is not whole yet. */
const UNFINISHED = /^\.|\.(part|partial|filepart|tmp|temp|crdownload|lock)$/i

/** The folder that other programs put packages into: `in`; what was taken lies in `done`, what was not in `refused`. */
export function openDropFolder(folder: string, wordsOf: (refusal: Refusal) => string): DropFolder {
  const lyingAt = (name: string) => join(folder, 'in', name)
  return {
    async lying(now) {
      await mkdir(join(folder, 'in'), { recursive: true })
      const found: (Dropped & { readonly restMs: number })[] = []
      for (const name of await readdir(join(folder, 'in'))) {
        if (UNFINISHED.test(name)) continue
        const restMs = now.getTime() - (await lastWrittenMs(lyingAt(name)))
        if (restMs >= STILL_MS) found.push({ name, isOld: restMs >= OLD_MS, restMs })
      }
      return found.sort((one, other) => other.restMs - one.restMs).map(({ name, isOld }) => ({ name, isOld }))
    },
    read: (name) => readFolderOrFile(lyingAt(name)),
    done: async (name) => void (await putAside(lyingAt(name), join(folder, 'done'))),
    refuse: async (name, refusal) => void (await putAside(lyingAt(name), join(folder, 'refused'), wordsOf(refusal))),
  }
}

/**
 * Moves a file or folder whole into another folder of the same disk, under its own name or the next that is free, and says
 * beside it why where a reason is given. Answers where it lies now; null where somebody else has moved it meanwhile.
 */
export async function putAside(path: string, folder: string, reason?: string): Promise<string | null> {
  await mkdir(folder, { recursive: true })
  const target = await freeName(folder, basename(path))
  try {
    await rename(path, target)
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw thrown
  }
  if (reason !== undefined) await writeWhole(`${target}.reason.txt`, Buffer.from(`${reason}\n`))
  return target
}

async function freeName(folder: string, name: string): Promise<string> {
  for (let at = 1; ; at += 1) {
    const path = join(folder, at === 1 ? name : `${name}-${at}`)
    if (!(await stat(path).catch(() => null))) return path
  }
}

/** When a file, or whatever of a folder, was written to last; a file that goes away while we look counts as written now. */
async function lastWrittenMs(path: string): Promise<number> {
  const found = await stat(path).catch(() => null)
  if (!found) return Number.POSITIVE_INFINITY
  if (!found.isDirectory()) return found.mtimeMs
  const inside = await readdir(path)
  // Half a recording in a folder is as unfinished as half a file.
  if (inside.some((name) => UNFINISHED.test(name))) return Number.POSITIVE_INFINITY
  return Math.max(found.mtimeMs, ...(await Promise.all(inside.map((name) => lastWrittenMs(join(path, name))))))
}
