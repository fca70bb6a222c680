import { type CopyAbout, type CopyTrust, copyOf, logOrigin, verifierKey } from '../log/index.ts';
import { fromBase64url } from '../records/index.ts';
import { ProblemError, problem } from '../vocabulary/index.ts';
import type { WorkspaceConfig } from './config.ts';
import { verifierOf } from './device-key.ts';
import type { Workspace } from './workspace.ts';
import { writeStream } from './write-stream.ts';

/** Who signs the checkpoints of a data folder: its own device. */
export const copyTrust = ({ org, device, devices }: WorkspaceConfig): CopyTrust => {
  const publicKey = fromBase64url(devices[device] ?? '');
  if (publicKey?.length !== 32)
    throw new ProblemError(
      problem('data_folder_damaged', { file: 'config.yaml', what: `devices.${device}` }),
    );
  return {
    checkpointKey: { name: logOrigin(org), publicKey },
    verifyCheckpoint: verifierOf(publicKey),
  };
};

/** The public keys of a data folder, for the header of a copy of its log. */
export const copyAbout = async (workspace: Pick<Workspace, 'config' | 'directory'>): Promise<CopyAbout> => ({
  org: workspace.config.org,
  devices: workspace.config.devices,
  checkpoint_key: verifierKey(copyTrust(workspace.config).checkpointKey),
  directory: (await workspace.directory())?.note ?? '',
  org_root: workspace.config.root ?? '',
});

export interface Exported {
  readonly bytes: number;
  /** Keys that whoever checks the copy must get by another way: of the checkpoints, and the organisation's root key or ''. */
  readonly checkpointKey: string;
  readonly rootKey: string;
}

/** Writes the log without its key vault to a file that an outsider can check by itself (docs/log-copy-format.md). */
export const exportLog = async (workspace: Workspace, file: string): Promise<Exported> => {
  const about = await copyAbout(workspace);
  const { bytes } = await writeStream(file, copyOf(workspace.store, about));
  return { bytes, checkpointKey: about.checkpoint_key, rootKey: about.org_root };
};
