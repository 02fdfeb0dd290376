/**
 * The recording of a warning, brought by devices that all ask at the same time, each under its own signature: how many a
 * second the office hands out, by the clock and by its processor; beside nginx handing the same bytes to whoever asks.
 * `node bench/recordings.ts [DEVICES]`
 */
import { fork, execFile } from 'node:child_process'
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { sql } from 'kysely'
import { openLoa } from '../src/app/loa.ts'
import { keepOpened } from '../src/app/opened.ts'
import { openProgrammeStage } from '../src/app/programme.build.ts'
import { stationWith } from '../src/app/stations.build.ts'
import { importStations } from '../src/core/station/index.ts'
import { freePort, holdDatabase, migrate, openDatabase } from '../src/platform/database/index.ts'
import { audioAuthorization } from '../src/speaker/network/fetch-audio.ts'
import { serveWeb } from '../src/web/serve.ts'
import { nginxWith } from './nginx.ts'

const DEVICES = Number(process.argv[2] ?? 2_000)
const A_STATION = 20
const ROUNDS = 3
/** A warning of half a minute at 32 kbit/s. */
const BYTES = 120_000

const folder = await mkdtemp(join(tmpdir(), 'loa-recordings-'))
const closers: (() => unknown)[] = [() => rm(folder, { recursive: true, force: true })]
try {
  await promisify(execFile)(process.execPath, [join(import.meta.dirname, '../bin/build.js')])
  const database = await holdDatabase({ databaseUrl: null, dataFolder: folder, allowNamespaces: true })
  closers.push(database.stop)
  await migrate(database.url, join(import.meta.dirname, '../migrations'))
  const loa = await openLoa({ databaseUrl: database.url, folder })
  closers.push(loa.close)
  keepOpened(loa)
  const recording = randomBytes(BYTES)
  const file = await writeQuestions(database.url, await loa.contextOf({ kind: 'nobody' }).files.put(recording))
  const port = await freePort()
  const server = await serveWeb({ port, ctx: loa.contextOf({ kind: 'nobody' }) })
  closers.push(() => {
    server.closeAllConnections()
    server.close()
  })
  const nginx = await nginxWith(join(folder, 'nginx'), { recording })
  if (nginx) closers.push(nginx.stop)
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = process.cpuUsage()
    await ask('Loa', `http://127.0.0.1:${port}/speaker/audio/`, file, () => process.cpuUsage(before))
    if (nginx) await ask('nginx', `${nginx.address}/recording?`, file)
  }
  if (!nginx) console.log('nginx left out: apt-get install nginx')
} finally {
  for (const close of closers.reverse()) await close()
}

/** Stations with devices, at each of which a warning is to sound; answers the file with what each device asks, signed. */
async function writeQuestions(url: string, sha256: string): Promise<string> {
  const database = { ...openDatabase(url, 5), url }
  const stage = await openProgrammeStage({ now: () => new Date() }, database)
  const codes = Array.from({ length: Math.ceil(DEVICES / A_STATION) }, (_, at) => `LOA-${at}`)
  await importStations(stage.system, { rows: codes.flatMap((code) => stationWith(code, A_STATION)) })
  const rows = await stage.ctx.db.selectFrom('device').select('id').where('publicKey', 'is', null).execute()
  const devices = rows.map(({ id }) => ({ id, ...generateKeyPairSync('ed25519') }))
  const keys = devices.map(({ id, publicKey }) => {
    return { id, key: Buffer.from(String(publicKey.export({ format: 'jwk' }).x), 'base64url').toString('hex') }
  })
  await sql`update device set state = 'enrolled', enrolled_at = now() - interval '1 hour', public_key = decode(given.key, 'hex')
    from jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) as given (id uuid, key text) where device.id = given.id`.execute(
    stage.ctx.db,
  )
  const releaseId = await stage.aired('emergency')
  await stage.ctx.db.updateTable('broadcast').set({ sha256, bytes: BYTES }).where('releaseId', '=', releaseId).execute()
  const file = join(folder, 'questions.json')
  const now = Date.now()
  const questions = devices.map(({ id, privateKey }) => {
    return audioAuthorization({ url: '', deviceId: id, privateKey }, sha256, now)
  })
  await writeFile(file, JSON.stringify({ sha256, questions }))
  await database.close()
  return file
}

async function ask(who: string, address: string, file: string, used?: () => NodeJS.CpuUsage): Promise<void> {
  const child = fork(join(import.meta.dirname, 'recordings', 'devices-process.ts'), [address, file])
  const [{ ms, last }] = (await once(child, 'message')) as [{ ms: number; last: readonly number[] }]
  const cpu = used?.()
  const at = (share: number) => Math.round(last[Math.floor((last.length - 1) * share)] ?? 0)
  const each = cpu ? `, ${((cpu.user + cpu.system) / 1_000 / last.length).toFixed(2)} ms of processor each` : ''
  console.log(
    `${who.padEnd(6)} ${last.length} recordings in ${Math.round(ms)} ms, ${Math.round((last.length / ms) * 1_000)} a second${each}; in hand p50 ${at(0.5)}, p99 ${at(0.99)} ms`,
  )
}
