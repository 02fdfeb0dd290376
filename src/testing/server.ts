import pg from 'pg'

/** Makes a database, as a copy of `template` when given, and answers its URL. */
export async function createDatabase(serverUrl: string, name: string, template = 'template0'): Promise<string> {
  // Copied file by file it costs half of what it costs by way of the log, and as little again when it is dropped.
  await onServer(serverUrl, `create database ${name} template ${template} strategy file_copy`)
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return url.href
}

export async function dropDatabase(serverUrl: string, name: string): Promise<void> {
  await onServer(serverUrl, `drop database if exists ${name} with (force)`)
}

async function onServer(serverUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
