import { join } from 'node:path'
import sharp from 'sharp'
import { newId, type Id } from '../src/core/kernel/index.ts'
import { openNewsroom, type Newsroom } from '../src/core/portal/newsroom.build.ts'
import { readConfig } from '../src/platform/config/index.ts'
import { openDatabase, reachDatabase } from '../src/platform/database/index.ts'
import { openFileStore } from '../src/platform/files/file-store.ts'
import { stillClock, testCtx } from '../src/testing/index.ts'
import type { RunningApp } from './running-app.ts'

export interface DistantNewsroom {
  readonly newsroom: Newsroom
  readonly clock: ReturnType<typeof stillClock>
  /** Keeps a sound and answers its hash. */
  keepSound(bytes: Uint8Array): Promise<string>
  /** Adds a picture that may be used. */
  addPicture(alternative: string): Promise<Id<'media'>>
  close(): Promise<void>
}

/** A newsroom in this process that puts articles up and takes them down on the database of an app that runs in another. */
export async function newsroomOf(app: RunningApp): Promise<DistantNewsroom> {
  const { allowNamespaces } = readConfig()
  const { url } = await reachDatabase({ databaseUrl: null, dataFolder: app.folder, allowNamespaces })
  const database = openDatabase(url, 2)
  const files = openFileStore(join(app.folder, 'files'))
  const clock = stillClock(new Date().toISOString())
  const ctx = testCtx(database.db, { clock, files })
  const newsroom = await openNewsroom(ctx)
  return {
    newsroom,
    clock,
    keepSound: (bytes) => files.put(bytes),
    async addPicture(alternative) {
      const id = newId<'media'>()
      const shape = { width: 1200, height: 675 }
      const jpeg = await sharp(Buffer.from(VALLEY)).resize(shape.width, shape.height).jpeg().toBuffer()
      const sha256 = await files.put(jpeg)
      const { organisationId } = await database.db
        .selectFrom('campaign')
        .select('organisationId')
        .executeTakeFirstOrThrow()
      const shown = { alternative, title: alternative, rightsOwner: 'Sở Văn hóa', fileName: 'nui.jpg' }
      await database.db
        .insertInto('media')
        .values({
          ...shown,
          ...shape,
          id,
          sha256,
          organisationId,
          kind: 'picture',
          mime: 'image/jpeg',
          bytes: jpeg.length,
          state: 'ready',
          addedAt: clock.now(),
        })
        .execute()
      await database.db
        .insertInto('mediaSize')
        .values({ ...shape, mediaId: id, name: 'large', sha256, mime: 'image/jpeg' })
        .execute()
      return id
    },
    close: () => database.close(),
  }
}

/** A valley at dusk, drawn by us. */
const VALLEY = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 90">
  <rect width="160" height="90" fill="#e9dcc3"/><circle cx="118" cy="26" r="9" fill="#d98e5f"/>
  <path d="M0 52 28 30 52 50 84 22 116 52 138 36 160 52V90H0Z" fill="#7d9a8c"/>
  <path d="M0 66 40 46 74 68 112 50 160 70V90H0Z" fill="#4d7568"/>
  <path d="M0 78Q40 68 80 78T160 76V90H0Z" fill="#2f5148"/>
  <path d="M30 74h14v8H30zm-3 0 10-7 10 7z" fill="#8a3b2c"/>
</svg>`
