/** The database: PostgreSQL of our own or any other from 15 on, its migrations, a pool to it. */
export { freePort } from './connection.ts'
export { startEmbedded, type EmbeddedDatabase } from './embedded.ts'
export { listen } from './listen.ts'
export { migrate, migrationsIn, pendingMigrations } from './migrate.ts'
export { openLine, type Line } from './open-line.ts'
export { openDatabase, type Database } from './open-database.ts'
export { holdDatabase, joinDatabase, reachDatabase, type DatabasePlace } from './reach-database.ts'
