import { rm } from 'node:fs/promises'
import type { TestProject } from 'vitest/node'
import { whyNoBrowser } from './browser.ts'
import { openFolder, runLoa } from './loa-process.ts'
import { ownPort } from './own-port.ts'

const SIGN_IN = /^ {2}(\S+) +(\S+) /gm

declare module 'vitest' {
  export interface ProvidedContext {
    /** What a first start of Loa left behind, cleanly stopped: each story begins on a copy of it. */
    firstStart: { readonly folder: string; readonly passwords: readonly (readonly [string, string])[] }
  }
}

/** Starts Loa once on an empty folder, as `npm start` does, and keeps what that made: no story needs to wait for it again. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await openFolder('loa-first-')
  const passwords = whyNoBrowser ? [] : await startOnce(folder)
  project.provide('firstStart', { folder, passwords })
  return () => rm(folder, { recursive: true, force: true, maxRetries: 5 })
}

/** Answers usernames and passwords, as the first start prints them. */
async function startOnce(folder: string): Promise<[string, string][]> {
  const loa = await runLoa({ LOA_DATA: folder, PORT: String(await ownPort()) })
  await loa.end('SIGTERM')
  return [...loa.printed.matchAll(SIGN_IN)].map(([, name = '', password = '']) => [name, password])
}
