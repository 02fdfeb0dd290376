import { rm } from 'node:fs/promises'
import type { TestProject } from 'vitest/node'
import { whyNoBrowser } from './browser.ts'
import { openFolder, runLoa } from './loa-process.ts'
import { ownPort } from './own-port.ts'

const SIGN_IN = /^ {2}(\S+) +(\S+) /gm

declare module 'vitest' {
  export interface ProvidedContext {
    /** What a first start of Loa left behind, cleanly stopped: each story begins on a copy of it. */
    firstStart: {
      readonly folder: string
      /** By username. */
      readonly passwords: readonly (readonly [string, string])[]
      /** Name and value of the cookie of a session of each, by username. */
      readonly sessions: readonly (readonly [string, readonly [string, string]])[]
    }
  }
}

/** Starts Loa once on an empty folder, as `npm start` does, and keeps what that made: no story needs to wait for it again. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await openFolder('loa-first-')
  const made = whyNoBrowser ? { passwords: [], sessions: [] } : await startOnce(folder)
  project.provide('firstStart', { folder, ...made })
  return () => rm(folder, { recursive: true, force: true, maxRetries: 5 })
}

async function startOnce(folder: string) {
  const loa = await runLoa({ LOA_DATA: folder, PORT: String(await ownPort()) })
  const passwords = [...loa.printed.matchAll(SIGN_IN)].map(([, name = '', password = '']) => [name, password] as const)
  const sessions = await Promise.all(
    passwords.map(async ([name, password]) => [name, await signIn(loa.address, name, password)] as const),
  )
  await loa.end('SIGTERM')
  return { passwords, sessions }
}

/** Signs in as a browser does; answers name and value of the cookie. */
async function signIn(address: string, username: string, password: string): Promise<[string, string]> {
  const answer = await fetch(`${address}/sign-in`, {
    method: 'POST',
    body: new URLSearchParams({ username, password }),
    headers: { origin: address, accept: 'text/html' },
    redirect: 'manual',
  })
  const [, name, value] = /^([^=]+)=([^;]+)/.exec(answer.headers.getSetCookie()[0] ?? '') ?? []
  if (!name || !value) throw new Error(`${username} could not sign in: ${answer.status}`)
  return [name, value]
}
