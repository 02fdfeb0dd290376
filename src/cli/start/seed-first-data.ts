import type { Loa } from '../../app/loa.ts'

export interface SignIn {
  readonly username: string
  readonly password: string
  /** Who it is, as `Cán bộ phụ trách, Sở TTTT`. */
  readonly about: string
}

interface Seed {
  /** Fills an empty database with the demonstration campaign; one that holds people already is left, with `[]`. */
  seedDemonstration(loa: Loa): Promise<readonly SignIn[]>
  /** Makes the first administrator of an installation without demonstration data; `[]` where people are already. */
  seedAdministrator(loa: Loa): Promise<readonly SignIn[]>
}

export async function seedFirstData(loa: Loa, empty: boolean): Promise<readonly SignIn[]> {
  const path = '../../app/seed.ts'
  const seed: Partial<Seed> = await import(path).catch(() => ({}))
  return (await (empty ? seed.seedAdministrator?.(loa) : seed.seedDemonstration?.(loa))) ?? []
}
