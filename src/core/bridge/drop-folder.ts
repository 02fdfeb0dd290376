import type { Refusal } from '../kernel/index.ts'

/** What another program left for us, by the name it bears there. */
export interface Dropped {
  readonly name: string
  /** Nobody has written to it for so long that it will not become whole any more. */
  readonly isOld: boolean
}

/** A folder that is shared with another program (thư mục trao đổi). The platform knows how; the app says which. */
export interface DropFolder {
  /** What has lain still long enough to be whole, the oldest first. */
  lying(now: Date): Promise<readonly Dropped[]>
  /** @throws Refusal where it cannot be read as a package. */
  read(name: string): Promise<Uint8Array>
  /** Puts it aside as taken. */
  done(name: string): Promise<void>
  /** Puts it aside with the reason in words, for who sent it. */
  refuse(name: string, refusal: Refusal): Promise<void>
}

let folder: DropFolder | null = null

/** Says where packages are left for us; null: nowhere. The app calls it once, where jobs are worked. */
export function dropWith(given: DropFolder | null): void {
  folder = given
}

export function dropFolder(): DropFolder | null {
  return folder
}
