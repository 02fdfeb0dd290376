import { lawsAndHotlines } from '../fact/index.ts'
import type { Db } from '../kernel/index.ts'
import { readRegister } from '../organisation/index.ts'
import type { Register } from './reading/reading.ts'

/** What the reader looks up: the bodies of all times, and the laws and hotlines held as facts. */
export async function registerOf(db: Db): Promise<Register> {
  const [organisations, facts] = [await readRegister(db), await lawsAndHotlines(db)]
  return { organisations, ...facts }
}
