import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readConfig, Settings } from './index.ts'

test('.env.example names exactly the settings that are read', async () => {
  const example = await readFile(join(import.meta.dirname, '../../../.env.example'), 'utf8')
  const named = [...example.matchAll(/^#?([A-Z_]+)=/gm)].map((match) => match[1])
  expect(named, 'Bring .env.example in line with Settings in src/platform/config/config.ts:').toEqual(
    Object.keys(Settings.entries),
  )
})

test('nothing set means an embedded database in var and port 3474 or the next free one', () => {
  const config = readConfig({})
  expect(config).toMatchObject({ databaseUrl: null, port: 3474, portIsFixed: false, language: 'vi', undoSeconds: 60 })
  expect(config.dataFolder).toMatch(/[\\/]var$/)
})

test('a wrong setting is named with what it may be', () => {
  expect(() => readConfig({ PORT: 'http' })).toThrow(/PORT is "NaN|PORT is "http/)
  expect(() => readConfig({ LOA_UNDO_SECONDS: '-1' })).toThrow(/LOA_UNDO_SECONDS is/)
  expect(() => readConfig({ DATABASE_URL: 'mysql://x' })).toThrow(/DATABASE_URL .* must begin with postgres/)
})

test('mail is nobody’s until it is set up, and a relay needs a name to write in', () => {
  expect(readConfig({}).mail).toMatchObject({ smtpUrl: null, from: { name: 'Loa' }, returnPort: null, dkim: null })
  const given = { SMTP_URL: 'smtp://mail.example.vn', MAIL_FROM: 'Sở Văn hóa <tin@so.example.vn>', DKIM_KEY: 'k.pem' }
  expect(readConfig(given).mail).toMatchObject({
    from: { name: 'Sở Văn hóa', address: 'tin@so.example.vn' },
    returnDomain: 'so.example.vn',
    dkim: { selector: 'loa' },
  })
  expect(readConfig({ MAIL_FROM: 'tin@so.example.vn' }).mail.from).toEqual({ name: '', address: 'tin@so.example.vn' })
  expect(() => readConfig({ SMTP_URL: 'smtp://mail.example.vn' })).toThrow(/MAIL_FROM is not/)
  expect(() => readConfig({ MAIL_FROM: 'Sở Văn hóa' })).toThrow(/MAIL_FROM .* must look like/)
})

test('devices hold their programme for a week, or for as many days as may be', () => {
  expect(readConfig({}).deviceDays).toBe(7)
  expect(['2', '30'].map((days) => readConfig({ LOA_DEVICE_DAYS: days }).deviceDays)).toEqual([2, 30])
  for (const days of ['1', '31', '7.5', 'tuần'])
    expect(() => readConfig({ LOA_DEVICE_DAYS: days })).toThrow(/LOA_DEVICE_DAYS is/)
})

test('the devices of the demonstration are all played, none, or those that are named', () => {
  expect(readConfig({}).playedDevices).toBe('all')
  expect(readConfig({ LOA_PLAYED_DEVICES: '0' }).playedDevices).toEqual([])
  expect(readConfig({ LOA_PLAYED_DEVICES: 'TB-1, TB-2' }).playedDevices).toEqual(['TB-1', 'TB-2'])
})

test('devices come to a broker of ours unless another is named, and TLS needs both its files', () => {
  expect(readConfig({}).speakers).toMatchObject({ brokerUrl: null, port: 1883, portIsFixed: false, tls: null })
  const { speakers } = readConfig({ MQTT_PORT: '8883', MQTT_TLS_KEY: 'k.pem', MQTT_TLS_CERT: 'c.pem' })
  expect(speakers).toMatchObject({ port: 8883, portIsFixed: true, tls: { keyFile: expect.stringMatching(/k[.]pem$/) } })
  expect(() => readConfig({ MQTT_TLS_KEY: 'k.pem' })).toThrow(/go together/)
  const outside = { MQTT_URL: 'mqtts://loa-hub:secret@broker:8883' }
  const api = 'http://admin:secret@broker:15672'
  expect(readConfig({ ...outside, MQTT_CA: 'ca.pem', MQTT_RABBITMQ_API: api }).speakers).toMatchObject({
    ...{ brokerUrl: outside.MQTT_URL, rabbitMqApi: api },
    brokerCaFile: expect.stringMatching(/[\\/]ca[.]pem$/),
  })
  expect(() => readConfig({ MQTT_CA: 'ca.pem' })).toThrow(/MQTT_CA is for/)
  expect(() => readConfig({ MQTT_URL: 'mqtt://broker', MQTT_CA: 'ca.pem' })).toThrow(/MQTT_CA is for/)
  expect(() => readConfig({ MQTT_RABBITMQ_API: api })).toThrow(/goes with MQTT_URL/)
  expect(() => readConfig({ ...outside, MQTT_RABBITMQ_API: 'http://broker:15672' })).toThrow(/must look like/)
  expect(() => readConfig({ MQTT_URL: 'http://x' })).toThrow(/MQTT_URL .* must begin with mqtt/)
})
