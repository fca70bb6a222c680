import type { Command } from './command.ts';

/** The table of contents of the command line. A command's code is loaded only when it is asked for. */
export const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  start: async () => (await import('./commands/start.ts')).start,
  init: async () => (await import('./commands/init.ts')).init,
  demo: async () => (await import('./commands/demo.ts')).demo,
  'study check': async () => (await import('./commands/study-check.ts')).studyCheck,
  import: async () => (await import('./commands/import.ts')).importFile,
  snapshot: async () => (await import('./commands/snapshot.ts')).snapshot,
  table: async () => (await import('./commands/table.ts')).table,
  cell: async () => (await import('./commands/cell.ts')).cell,
  report: async () => (await import('./commands/report.ts')).report,
  'published compare': async () => (await import('./commands/published-compare.ts')).publishedCompare,
  erase: async () => (await import('./commands/erase.ts')).erase,
  verify: async () => (await import('./commands/verify.ts')).verify,
  backup: async () => (await import('./commands/backup.ts')).backup,
  'backup check': async () => (await import('./commands/backup-check.ts')).backupCheck,
  restore: async () => (await import('./commands/restore.ts')).restore,
  'log export': async () => (await import('./commands/log-export.ts')).logExport,
  serve: async () => (await import('./commands/serve.ts')).serve,
};
