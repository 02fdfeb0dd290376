import { alarmWords } from '../../app/alarm-words.ts'
import { alarmsWhere } from '../../core/alarm/index.ts'
import { openDatabase, joinDatabase } from '../../platform/database/index.ts'
import { DONE, REFUSED, type Command } from '../command.ts'

const MOST = 100

/** Prints the open alarms for a program that watches the machine: the watch of a stopped Loa sees nothing. */
export const alarms: Command = {
  takes: [],
  async run({ config, w, print }) {
    const place = await joinDatabase(config)
    const { db, close } = openDatabase(place.url, 1)
    try {
      const open = await alarmsWhere(db, { open: true }, null, MOST)
      for (const alarm of open) {
        const { what, todo } = alarmWords(w, alarm)
        print(`${alarm.since.toISOString()} ${what} ${todo}`)
      }
      if (open.length === 0) print(w('cli_no_alarms'))
      return open.length === 0 ? DONE : REFUSED
    } finally {
      await close()
      await place.stop()
    }
  },
}
