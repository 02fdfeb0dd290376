import { spawnSync } from 'node:child_process'
import { access, constants, mkdir, stat, statfs } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Config } from '../../platform/config/index.ts'
import { freePort } from '../../platform/database/index.ts'
import { bad, good, type Finding } from './checkup.ts'

const SPACE_WANTED_BYTES = 2 * 2 ** 30
const FIRST_NODE_THAT_DOES = 24
const packages = createRequire(import.meta.url)

export async function nodeVersion(): Promise<Finding> {
  const { node } = process.versions
  return Number(node.split('.')[0]) >= FIRST_NODE_THAT_DOES
    ? good('doctor_node', { version: node })
    : bad('doctor_node_old', { version: node })
}

export async function dataFolder({ dataFolder: folder }: Config): Promise<Finding> {
  try {
    await mkdir(folder, { recursive: true })
    await access(folder, constants.W_OK)
  } catch {
    return bad('doctor_folder_closed', { folder })
  }
  const { bavail, bsize } = await statfs(folder)
  const gigabytes = Math.floor((bavail * bsize) / 2 ** 30)
  return bavail * bsize < SPACE_WANTED_BYTES
    ? bad('doctor_disk_full', { folder, gigabytes })
    : good('doctor_disk', { folder, gigabytes })
}

/** A port that is taken is well when Loa itself answers on it. */
export async function port({ port: wanted, host }: Config): Promise<Finding> {
  const free = await freePort(wanted, host).catch(() => 0)
  if (free === wanted) return good('doctor_port', { port: wanted })
  const answer = await fetch(`http://127.0.0.1:${wanted}/`, { signal: AbortSignal.timeout(3_000) }).catch(() => null)
  const isLoa = (await answer?.text())?.includes('loa.svg') ?? false
  return isLoa ? good('doctor_port_loa', { port: wanted }) : bad('doctor_port_taken', { port: wanted, free })
}

export async function characterReader(): Promise<Finding> {
  const data = join(packages.resolve('@tesseract.js-data/vie/package.json'), '../4.0.0_best_int/vie.traineddata.gz')
  const { size } = await stat(data).catch(() => ({ size: 0 }))
  return size > 2 ** 20 ? good('doctor_ocr') : bad('doctor_ocr_missing', { file: data })
}

export async function pages(): Promise<Finding> {
  const built = await stat(join(import.meta.dirname, '../../../build/handler.js')).catch(() => null)
  return built ? good('doctor_pages') : bad('doctor_pages_missing')
}

/** Only tests need a browser, so its absence is no fault of an office. */
export async function browser(): Promise<Finding> {
  const names = ['chromium', 'chromium-browser', 'google-chrome']
  const found = names.find((name) => spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0)
  return found ? good('doctor_browser', { name: found }) : good('doctor_browser_missing')
}
