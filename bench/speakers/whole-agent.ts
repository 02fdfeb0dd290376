import { createPrivateKey } from 'node:crypto'
import { publicKeyOf } from '../../src/speaker/rules/raw-key.ts'
import { SimulatedDevice } from '../../src/speaker/simulated-device.build.ts'
import type { BenchDevice, BenchDevices } from './devices-process.ts'
import { WARNING_SHA256 } from './programme.ts'

/** What is told what a device hears. */
export interface Hears {
  connected(): void
  received(topic: string, bytes: Buffer): void
}

const time = {
  get nowMs() {
    return Date.now()
  },
  after(ms: number, call: () => void) {
    const timer = setTimeout(call, ms)
    return () => clearTimeout(timer)
  },
}

/** A device that does all that one on a pole does; the recording of the warning lies on its shelf, as `bench/recordings` measures how it comes there. */
export function wholeAgent(
  { id, station, key }: BenchDevice,
  keys: BenchDevices['keys'],
  publish: (payload: Buffer) => boolean,
  sounded: () => void,
): Hears {
  const believed = new Map(keys.map((one) => [one.id, publicKeyOf(one.publicKey)]))
  const identity = { deviceId: id, code: id, stationCode: station, privateKey: createPrivateKey(key), keys: believed }
  let nonces = 0
  const device = new SimulatedDevice(identity, {
    time,
    nonce: () => `nonce ${nonces++}`,
    fetchMs: () => null,
    up: publish,
  })
  device.holds(WARNING_SHA256)
  device.powerOn()
  let heard = 0
  return {
    connected: () => device.connect(),
    received(_topic, bytes) {
      device.receive(bytes)
      for (; heard < device.heard.length; heard += 1) sounded()
    },
  }
}
