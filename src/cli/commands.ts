import type { Command } from './command.ts'

/** Every command by its words. Each is loaded when it is asked for, so that `loa doctor` works where another does not. */
export const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  worker: async () => (await import('./commands/worker.ts')).worker,
  alarms: async () => (await import('./commands/alarms.ts')).alarms,
  'speaker enrol': async () => (await import('./commands/speaker-enrol.ts')).speakerEnrol,
  'speaker run': async () => (await import('./commands/speaker-run.ts')).speakerRun,
  'board enrol': async () => (await import('./commands/board-enrol.ts')).boardEnrol,
  'board run': async () => (await import('./commands/board-run.ts')).boardRun,
  'plan read': async () => (await import('./commands/plan-read.ts')).planRead,
  'plan import': async () => (await import('./commands/plan-import.ts')).planImport,
  'audit verify': async () => (await import('./commands/audit-verify.ts')).auditVerify,
  'mail bounce': async () => (await import('./commands/mail-bounce.ts')).mailBounce,
  'speaker-accounts mosquitto': async () => (await import('./commands/speaker-accounts.ts')).speakerAccountsMosquitto,
  'speaker-accounts rabbitmq': async () => (await import('./commands/speaker-accounts.ts')).speakerAccountsRabbitMq,
  'speaker-accounts emqx': async () => (await import('./commands/speaker-accounts.ts')).speakerAccountsEmqx,
  'bridge send': async () => (await import('./commands/bridge-send.ts')).bridgeSend,
  'bridge receive': async () => (await import('./commands/bridge-receive.ts')).bridgeReceive,
  doctor: async () => (await import('./commands/doctor.ts')).doctor,
  backup: async () => (await import('./commands/backup.ts')).backup,
  restore: async () => (await import('./commands/restore.ts')).restore,
  export: async () => (await import('./commands/export.ts')).exportAll,
}
