/** One row of the test plan (design 4, sections 4.1 and 4.2) that belongs to evidence that survives. */
export interface PlanRow {
  readonly id: string;
  readonly title: string;
  /** What the test does, and what must come of it. */
  readonly does: string;
  /** The figure asked for with every change, and before a release. */
  readonly everyChange: string;
  readonly release: string;
  /** What the nearest systems do. Kinds of source as in ELSEWHERE. */
  readonly elsewhere: string;
  /** Files or folders of the tests that keep its figures; none, and no benchmark: not done yet. */
  readonly tests: readonly string[];
  /** The section of docs/benchmarks.md that measures it instead. */
  readonly benchmark?: string;
}

/** How far the column of the others may be trusted. */
export const ELSEWHERE = [
  'Counted in source snapshots of 2024-10 to 2026-08 where a number of tests is given; otherwise the projects’ own words.',
  '“None found” means not found in the snapshots that were read (ODK Central, KoBo, Enketo, Uwazi, CHT, SecureDrop, CryptPad, Tella, Bitwarden server; GlobaLeaks by file), not proof of absence.',
  '“First measured” is a throw-away trial on one machine before this program was written.',
] as const;

export const PLAN: readonly PlanRow[] = [
  {
    id: 'R1',
    title: 'Kill -9 under write load',
    does: 'A process that appends is killed 20 to 300 ms after it began to open the log or first acknowledged, and started again, where it sends once more what was not acknowledged. Nothing acknowledged is lost or doubled, the database finds no damage, ready again within 2 s.',
    everyChange: '300 kills an engine, 0 lost or doubled',
    release: '10,000 kills an engine, 0 lost or doubled',
    elsewhere:
      'None has one: ODK kills its uploader once, SecureDrop kills a worker. First measured: 60 kills, 9,405 acknowledged, 0 lost.',
    tests: ['tests/faults/kill-sqlite.long.test.ts', 'tests/postgres/kill.long.test.ts'],
  },
  {
    id: 'R2',
    title: 'Power cut',
    does: 'Every write of a run is recorded. Disks as a power cut may leave them are built from the record: what was synced is there; of the rest each 512-byte sector, each file size and each name in a directory may be lost, old, new or out of order. Each is opened with the real store.',
    everyChange: '2,000 disks, 0 acknowledged lost, 0 damaged; with synchronous=NORMAL at least half lose',
    release: '100,000 disks',
    elsewhere:
      'SQLite tests itself so; no application does. First measured: 0 of 2,000, with synchronous=NORMAL 1,681 of 2,000.',
    tests: ['tests/faults/power-cut.long.test.ts'],
  },
  {
    id: 'R3',
    title: 'Durable settings',
    does: 'The log is opened under every combination of wrong settings of the database.',
    everyChange: '100 % refuse to start',
    release: '100 % refuse to start',
    elsewhere: 'None; the default of the common SQLite driver for Node fails it.',
    tests: ['tests/faults/settings-sqlite.test.ts', 'tests/postgres/durability.test.ts'],
  },
  {
    id: 'R4',
    title: 'Full disk',
    does: 'The disk is full from the k-th write on, for one k after another, half of them in the middle of a write; then a small disk is filled to the last byte. Refused with `disk_full` (507) within 2 s; the same store goes on when there is room.',
    everyChange: '500 points, 0 acknowledged lost, all heal',
    release: '5,000 points',
    elsewhere: 'Only SQLite’s own I/O tests.',
    tests: ['tests/faults/disk-full.long.test.ts', 'tests/postgres/durability.test.ts'],
  },
  {
    id: 'R5',
    title: 'Failed sync or write',
    does: 'The k-th sync or write fails once (EIO), for one k after another. The store refuses every further write; everything acknowledged is there when it is opened again, and also when the power is cut and nothing that the failed sync was to bring ever reached the disk.',
    everyChange: '200 points, never acknowledged after a failed sync',
    release: '200 points, never acknowledged after a failed sync',
    elsewhere: 'PostgreSQL ends with a panic; no application tests it.',
    tests: ['tests/faults/failed-disk.long.test.ts'],
  },
  {
    id: 'R11',
    title: 'Backup and restore',
    does: 'A backup is restored into an empty place and compared (root, counts, a sealed value); truncated, changed and wrong-key backups are refused and the live data stays as it was.',
    everyChange: '3 drills in a row, 100 % of damaged backups refused',
    release: '100 drills in a row',
    elsewhere:
      'ODK: 3 modes and 1 truncation, does not look at what a failed restore leaves. Litestream: open issues of corrupt restores.',
    tests: ['tests/backup'],
  },
  {
    id: 'R12',
    title: 'From SQLite to PostgreSQL',
    does: 'A log is moved; it has the same root and gives the same tables byte for byte.',
    everyChange: 'same root, same tables',
    release: '1,000,000 entries, same root, same tables',
    elsewhere: 'None.',
    tests: ['tests/log-copy/move.long.test.ts', 'tests/postgres/move.long.test.ts'],
  },
  {
    id: 'R15',
    title: 'Speed of verification',
    does: 'An outsider’s verifier reads a whole log.',
    everyChange: '1,000,000 entries in at most 60 s; a proof in at most 5 ms',
    release: '1,000,000 entries in at most 60 s; a proof in at most 5 ms',
    elsewhere: 'None found. First measured: 180,000 leaf hashes a second.',
    tests: [],
    benchmark: 'verify',
  },
  {
    id: 'S1',
    title: 'Tampered log',
    does: 'Every byte of a log is changed, entries deleted, swapped, inserted, cut off, rolled back, signed anew. Every change is found and its place named.',
    everyChange: '700,000 changes, 100 % found and located',
    release: '10,000,000 changes',
    elsewhere: 'None. First measured: 719,780 of 719,780 changed leaves found.',
    tests: ['tests/log/tamper.long.test.ts'],
  },
  {
    id: 'S3',
    title: 'Tampered ciphertext',
    does: 'Every byte of sealed fields, attachments, wraps and backups is changed, and they are put in each other’s place.',
    everyChange: '0 accepted, errors uniform',
    release: '0 accepted, errors uniform',
    elsewhere:
      'GlobaLeaks: 1 random byte and 1 truncation. The formats of ODK and Tella have no authentication code.',
    tests: ['tests/sealing/ciphertext-tamper.long.test.ts'],
  },
  {
    id: 'S5',
    title: 'No name on the server',
    does: '1,000 unique strings go into identity fields through every workflow there is, with the log in SQLite and in PostgreSQL; database (of PostgreSQL the whole cluster, which logs every statement and compresses nothing), write-ahead log, temporary files, logs, backups, snapshots, exports and a heap dump of the server are searched for them.',
    everyChange: '0 hits',
    release: '0 hits',
    elsewhere: 'None found in any application read.',
    tests: ['tests/canaries/no-name-on-the-server.long.test.ts'],
  },
  {
    id: 'S10',
    title: 'Fuzzing',
    does: 'Inputs built from the format and then broken, for each parser: no crash, no hang over 2 s, no memory over 512 MB.',
    everyChange: '10,000 inputs a parser',
    release: '100,000 inputs a parser',
    elsewhere: 'SQLite: 500 million a day. Litestream: 2 targets. The others: 0.',
    tests: ['tests/fuzz'],
  },
  {
    id: 'S11',
    title: 'Bombs',
    does: 'Zip bombs, nested and overlapping archives, 50,000 entries, entity bombs, patterns that never end.',
    everyChange: '100 % refused within 1 s and 100 MB',
    release: '100 % refused within 1 s and 100 MB',
    elsewhere: 'Asked by OWASP ASVS 5.2.3 to 5.2.6; no figures found.',
    tests: ['tests/fuzz'],
  },
  {
    id: 'S17',
    title: 'Erasure',
    does: 'Keys are shredded and an old backup is restored: nothing erased can be opened from the database or a live backup, and the log still verifies.',
    everyChange: '0 can be opened, log 100 % valid',
    release: '0 can be opened, log 100 % valid',
    elsewhere: 'Rarely tested anywhere.',
    tests: ['tests/canaries/erasure.long.test.ts'],
  },
  {
    id: 'S18',
    title: 'Key recovery',
    does: 'All subsets of the 5 shares of the recovery key, and damaged shares.',
    everyChange: '16 of 16 quorums open, 15 of 15 smaller fail, 100 % of bad shares named',
    release: 'the same, and a non-expert follows the paper in 30 minutes',
    elsewhere: 'Martus: 2 of 3. GlobaLeaks: one escrow key.',
    tests: ['tests/sealing/key-recovery.test.ts'],
  },
];
