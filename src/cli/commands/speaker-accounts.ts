import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { mosquittoAccounts } from '../../app/speaker-accounts.ts'
import { planeDevices } from '../../core/station/index.ts'
import { DONE, REFUSED, type Command } from '../command.ts'
import { withDatabase } from '../with-database.ts'

/**
 * Writes `loa.passwd` and `loa.acl` for a mosquitto that stands outside; to be run again, and mosquitto told by SIGHUP,
 * when a device has enrolled or was revoked.
 */
export const speakerAccountsMosquitto: Command = {
  takes: ['DIR'],
  async run({ config, w, given: [folder = ''], print }) {
    const { brokerUrl } = config.speakers
    const { username = '', password = '' } = brokerUrl === null ? {} : new URL(brokerUrl)
    if (username === '' || password === '') {
      print(w('cli_speaker_accounts_no_hub'))
      return REFUSED
    }
    const target = resolve(config.calledFrom, folder)
    const devices = await withDatabase(config, planeDevices)
    const hub = { username: decodeURIComponent(username), password: decodeURIComponent(password) }
    const { passwords, acl } = mosquittoAccounts(devices, hub, new Date())
    await mkdir(target, { recursive: true })
    await writeBeside(join(target, 'loa.passwd'), passwords)
    await writeBeside(join(target, 'loa.acl'), acl)
    const count = devices.filter(({ state }) => state === 'enrolled').length
    print(w('cli_speaker_accounts_written', { count, folder: target }))
    return DONE
  },
}

/** mosquitto must never read half a file. */
async function writeBeside(path: string, text: string): Promise<void> {
  await writeFile(`${path}.new`, text, { mode: 0o640 })
  await rename(`${path}.new`, path)
}
