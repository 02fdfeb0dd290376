import { reachDatabase } from '../../platform/database/index.ts'
import { DONE, REFUSED, type Command, type Surroundings } from '../command.ts'
import { bad, type Finding } from '../doctor/checkup.ts'
import { aboutDatabase } from '../doctor/database.ts'
import * as machine from '../doctor/machine.ts'

/** Says what is wrong and what to do about it. Changes nothing but starting the embedded database for the look. */
export const doctor: Command = {
  takes: [],
  async run(surroundings) {
    const { config, w, print } = surroundings
    const checks = [machine.nodeVersion, machine.dataFolder, machine.port, machine.characterReader, machine.pages]
    const findings: Finding[] = []
    for (const check of [...checks, machine.browser]) findings.push(await check(config))
    findings.push(...(await database(surroundings)))
    for (const { good, key, facts } of findings) {
      print(`${good ? '✓' : '✗'} ${w(key, facts)}`)
      if (!good) print(`  → ${w(`${key}_remedy`, facts)}`)
    }
    const wrong = findings.filter(({ good }) => !good).length
    print(w('doctor_verdict', { wrong }))
    return wrong === 0 ? DONE : REFUSED
  },
}

async function database({ config }: Surroundings): Promise<Finding[]> {
  try {
    const place = await reachDatabase(config)
    try {
      return await aboutDatabase(place.url)
    } finally {
      await place.stop()
    }
  } catch (error) {
    return [bad('doctor_database', { reason: error instanceof Error ? error.message : String(error) })]
  }
}
