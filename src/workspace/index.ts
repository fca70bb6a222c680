export { checkBackup, type Restored, readIdentityFile, restoreBackup } from './backup/restore-backup.ts';
export { type BackupDone, takeBackup, WATERMARK_FILE } from './backup/take-backup.ts';
export type { BackupRequest } from './backup/write-backup.ts';
export { CONFIG_FILE, isOrgCode, type StoreKind, type WorkspaceConfig } from './config.ts';
export { countStudy } from './count-study.ts';
export { readKeys, verifierOf } from './device-key.ts';
export {
  type Enrolment,
  enrolmentFile,
  folderDevice,
  isSafetyNumber,
  isUserCode,
  openEnrolment,
  safetyNumber,
} from './enrolment.ts';
export { type Erased, eraseRecord } from './erase-record.ts';
export { findRecord } from './find-record.ts';
export type { InstalledDirectory } from './folder-directory.ts';
export { engineVersion, freezeStudy, sha256Hasher } from './freeze-study.ts';
export { type ImportRequest, planFileImport, runFileImport } from './import-file.ts';
export { lastNumbers } from './key-directory.ts';
export { hasUserKey, isWithinDataFolder, makeUserKey, openUserKey } from './key-folder.ts';
export {
  decideLink,
  type FoundCandidates,
  type LinkView,
  linkCandidates,
  undoLink,
  viewLink,
} from './link-records.ts';
export { copyAbout, exportLog } from './log-copy.ts';
export { type Moved, moveStore } from './move-store.ts';
export { openStore, type StoreOptions, type StorePlace } from './open-store.ts';
export { pinRoot, readPin, type TrustedFolder, trustFolder } from './pin.ts';
export { noteReveal, type RevealNote } from './reveal-notes.ts';
export { type Reader, type RevealedField, type RevealedRecord, revealRecord } from './reveal-record.ts';
export type { RevealedFile } from './revealed-file.ts';
export { heldIdentities, type Rewrapped, rewrapVault } from './rewrap.ts';
export { makeRootFolder, newestDirectory, openRootFolder, rootOf } from './root-folder.ts';
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
export { type Withdrawal, withdrawConsent } from './withdraw-consent.ts';
export {
  createWorkspace,
  type NewWorkspace,
  openWorkspace,
  type RecordStudy,
  type VerifyOptions,
  type Workspace,
} from './workspace.ts';
export { writeDurably } from './write-durably.ts';
export { writeStream } from './write-stream.ts';
