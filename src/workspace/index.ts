export { CONFIG_FILE, type WorkspaceConfig } from './config.ts';
export type { PackageFile, StudyRegistration } from './study-registration.ts';
export { createWorkspace, type NewWorkspace, openWorkspace, type Workspace } from './workspace.ts';
