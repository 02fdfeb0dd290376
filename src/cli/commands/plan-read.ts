import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { documentReader } from '../../app/document-reader.ts'
import { readReferenceRegister } from '../../app/reference.ts'
import { dayAt, isDay, Refusal } from '../../core/kernel/index.ts'
import { readPlan, registerOf, type Reading, type Register } from '../../core/plan/index.ts'
import type { Config } from '../../platform/config/index.ts'
import { DONE, type Command, type Surroundings } from '../command.ts'
import { readGivenFile } from '../given-file.ts'
import { printReading } from '../print-reading.ts'
import { withDatabase } from '../with-database.ts'

/** Reads a plan and says what it says; nothing is kept. `--json` prints what docs/plan-reading.schema.json describes. */
export const planRead: Command = {
  takes: ['FILE'],
  options: { json: { type: 'boolean' }, 'with-text': { type: 'boolean' }, today: { type: 'string' } },
  async run(surroundings) {
    const reading = await readingOf(surroundings)
    if (surroundings.options['json']) {
      const { text, ...rest } = reading
      surroundings.print(JSON.stringify(surroundings.options['with-text'] ? { ...rest, text } : rest, null, 2))
    } else printReading(surroundings, reading)
    return DONE
  },
}

async function readingOf({ config, given: [path = ''], options, w }: Surroundings): Promise<Reading> {
  const today = typeof options['today'] === 'string' ? options['today'] : dayAt(new Date())
  if (!isDay(today)) throw new Refusal('input.day', { day: today })
  const file = await readGivenFile(path, config.calledFrom)
  const { text } = await documentReader.read(file.bytes, file.name, {
    onProgress: (page, pages) => pages > 1 && console.error(w('cli_page_read', { page, pages })),
  })
  return readPlan(text, { register: await registerFor(config), today })
}

/** What this installation knows, or the first province as it is shipped where it knows nothing yet. */
async function registerFor(config: Config): Promise<Register> {
  const isNew = config.databaseUrl === null && !existsSync(join(config.dataFolder, 'password'))
  const register = isNew ? null : await withDatabase(config, registerOf)
  return register && register.organisations.length > 0 ? register : readReferenceRegister()
}
