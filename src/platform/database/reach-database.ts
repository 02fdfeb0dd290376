import { hostname } from 'node:os'
import pg from 'pg'
import { joinEmbedded, startEmbedded, type EmbeddedDatabase } from './embedded.ts'

export interface DatabasePlace {
  /** Null means the embedded database in `dataFolder`. */
  readonly databaseUrl: string | null
  readonly dataFolder: string
  readonly allowNamespaces: boolean
}

/** The database of this installation: the server that is named, or our own, running already or started for us. */
export async function reachDatabase(place: DatabasePlace): Promise<EmbeddedDatabase> {
  if (place.databaseUrl === null) return startEmbedded(embeddedIn(place))
  await answerOrExplain(place.databaseUrl)
  return { url: place.databaseUrl, started: false, ended: new Promise(() => {}), stop: async () => {} }
}

/**
 * The same for a program that only helps one that runs already: it starts no database of its own.
 *
 * @throws Error with the remedy when none runs.
 */
export async function joinDatabase(place: DatabasePlace): Promise<EmbeddedDatabase> {
  if (place.databaseUrl !== null) return reachDatabase(place)
  const joined = await joinEmbedded(embeddedIn(place))
  if (joined) return joined
  throw new Error(
    `No database runs on ${place.dataFolder}; run npm start beside this, or set DATABASE_URL to a PostgreSQL 15 or newer`,
  )
}

/**
 * The same for the one program that keeps Loa running on this folder. A command that has the database for a moment is
 * waited for; another running Loa is not.
 *
 * @throws Error with the remedy when Loa runs on this folder already.
 */
export async function holdDatabase(place: DatabasePlace): Promise<EmbeddedDatabase> {
  const until = Date.now() + 60_000
  for (;;) {
    const database = await reachDatabase(place)
    const holder = await hold(database.url, `${hostname()}:${place.dataFolder}`)
    if (holder && (database.started || place.databaseUrl !== null)) {
      return { ...database, stop: () => holder.end().then(database.stop) }
    }
    await holder?.end()
    if (!holder || Date.now() > until) {
      await database.stop()
      throw new Error(
        `Loa already runs on ${place.dataFolder}; use that one, end it, or start this one elsewhere: LOA_DATA=var2 npm start`,
      )
    }
    while (Date.now() < until && (await joinEmbedded(embeddedIn(place)))) {
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}

function embeddedIn({ dataFolder, allowNamespaces }: DatabasePlace) {
  return { folder: dataFolder, allowNamespaces }
}

/** A lock that falls with the connection, so that a kill frees it; null when somebody else has it. */
async function hold(url: string, name: string): Promise<pg.Client | null> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  const { rows } = await client.query<{ held: boolean }>('select pg_try_advisory_lock(7265511, hashtext($1)) as held', [
    name,
  ])
  if (rows[0]?.held) return client
  await client.end()
  return null
}

async function answerOrExplain(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  try {
    await client.connect()
    await client.end()
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new Error(
      `DATABASE_URL does not let us in (${reason}); correct it, or unset it to use the embedded database`,
      {
        cause,
      },
    )
  }
}
