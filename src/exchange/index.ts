export type { StoredRecord } from './change.ts';
export type { ValidateValues } from './check-row.ts';
export type { ImportProgress, ImportReport } from './import-report.ts';
export { type Mapping, mappingJsonSchema } from './mapping.ts';
export { readMapping } from './mapping-file.ts';
export { type ImportPlan, type ImportWorld, planImport } from './plan-import.ts';
export type { RowOutcome } from './row-marks.ts';
export { type ImportOptions, type ImportWriter, runImport } from './run-import.ts';
export type { Sealed, Sealer, Secret } from './seal.ts';
