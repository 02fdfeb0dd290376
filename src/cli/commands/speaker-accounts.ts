import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { emqxAccounts } from '../../app/emqx-accounts.ts'
import { rabbitMqAccounts } from '../../app/rabbitmq-accounts.ts'
import { mosquittoAccounts, type HubAccount } from '../../app/speaker-accounts.ts'
import { planeDevices, tellDevicesAhead, type PlaneDevice } from '../../core/station/index.ts'
import { DONE, REFUSED, type Command } from '../command.ts'
import { withDatabase } from '../with-database.ts'

type Files = Readonly<Record<string, string>>
type WritesFiles = (devices: readonly PlaneDevice[], hub: HubAccount) => Files

/**
 * Writes the files by which a broker that stands outside lets devices in; to be run again, and the broker told, when a device
 * has enrolled or was revoked.
 */
function writesAccounts(broker: 'mosquitto' | 'rabbitmq' | 'emqx', files: WritesFiles): Command {
  return {
    takes: ['DIR'],
    async run({ config, w, given: [folder = ''], print }) {
      const { brokerUrl } = config.speakers
      const { username = '', password = '' } = brokerUrl === null ? {} : new URL(brokerUrl)
      if (username === '' || password === '') {
        print(w('cli_speaker_accounts_no_hub'))
        return REFUSED
      }
      tellDevicesAhead(config.deviceDays)
      const target = resolve(config.calledFrom, folder)
      const devices = await withDatabase(config, planeDevices)
      const hub = { username: decodeURIComponent(username), password: decodeURIComponent(password) }
      await mkdir(target, { recursive: true })
      for (const [name, text] of Object.entries(files(devices, hub))) await writeBeside(join(target, name), text)
      const enrolled = devices.filter(({ state }) => state === 'enrolled')
      const lacking = broker === 'mosquitto' ? [] : enrolled.filter(({ passwordSha512 }) => passwordSha512 === null)
      const count = enrolled.length - lacking.length
      print(w('cli_speaker_accounts_written', { count, folder: target, broker }))
      if (lacking.length > 0) {
        const codes = lacking.map(({ code }) => code).join(', ')
        print(w('cli_speaker_accounts_lacking', { count: lacking.length, codes }))
      }
      return DONE
    },
  }
}

/** A broker must never read half a file. */
async function writeBeside(path: string, text: string): Promise<void> {
  await writeFile(`${path}.new`, text, { mode: 0o640 })
  await rename(`${path}.new`, path)
}

export const speakerAccountsMosquitto = writesAccounts('mosquitto', (devices, hub) => {
  const { passwords, acl } = mosquittoAccounts(devices, hub, new Date())
  return { 'loa.passwd': passwords, 'loa.acl': acl }
})

export const speakerAccountsRabbitMq = writesAccounts('rabbitmq', (devices, hub) => ({
  'loa-rabbitmq.json': `${JSON.stringify(rabbitMqAccounts(devices, hub), null, 1)}\n`,
}))

export const speakerAccountsEmqx = writesAccounts('emqx', (devices, hub) => {
  const { users, acl } = emqxAccounts(devices, hub, new Date())
  return { 'loa-emqx-users.csv': users, 'loa-emqx-acl.conf': acl }
})
