/** Backup and restore of a whole installation, and its tables as CSV for other programs. */
export { backUp, type BackupPlaces } from './backup.ts'
export { exportTables, type Exported } from './export.ts'
export { type Manifest } from './manifest.ts'
export { restore, type RestorePlaces } from './restore.ts'
