export { CONFIG_FILE, isOrgCode, type StoreKind, type WorkspaceConfig } from './config.ts';
export { countStudy } from './count-study.ts';
export { deviceId, verifierOf } from './device-key.ts';
export {
  type Enrolment,
  enrolmentFile,
  isSafetyNumber,
  isUserCode,
  openEnrolment,
  safetyNumber,
} from './enrolment.ts';
export type { InstalledDirectory } from './folder-directory.ts';
export { engineVersion, freezeStudy, sha256Hasher } from './freeze-study.ts';
export { type ImportRequest, planFileImport, runFileImport } from './import-file.ts';
export { exportLog } from './log-copy.ts';
export { openStore, type StoreOptions, type StorePlace } from './open-store.ts';
export { readRootKey, rootKeyText, type TrustedRoot } from './root-key.ts';
export { importSample, sampleOf } from './sample.ts';
export {
  builtInStudies,
  checkStudyFolder,
  isRegistered,
  packageFiles,
  readStudyFiles,
  registeredIds,
  registeredStudy,
  studyFromFolders,
} from './study-folders.ts';
export type { PackageFile, StudyRegistration } from './study-registration.ts';
export {
  createWorkspace,
  type NewWorkspace,
  openWorkspace,
  type RecordStudy,
  type VerifyOptions,
  type Workspace,
} from './workspace.ts';
