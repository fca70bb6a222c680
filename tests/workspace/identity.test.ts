import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EntryDraft } from '../../src/records/index.ts';
import { openWorkspace, packageFiles, type Workspace } from '../../src/workspace/index.ts';
import { aStudy, studyFiles } from '../builders/study-files.ts';
import { aCard, aDataFolder, aWorkspace, fixedEffects } from '../builders/workspace.ts';

let folder: ReturnType<typeof aDataFolder>;
let workspace: Workspace;
beforeEach(async () => {
  folder = aDataFolder();
  workspace = await aWorkspace(folder.dir);
  await workspace.registerStudy(aStudy(), packageFiles(aStudy(), studyFiles()));
});
afterEach(async () => {
  await workspace.close();
  folder.remove();
});

const named: Partial<EntryDraft> = { values: { number: 1, organiser: 'somebody' } };
const refusal = { problems: [{ code: 'identity_needs_sealing', details: { field: 'organiser' } }] };

describe('what identifies people does not get into the log in plain', () => {
  it('an entry that states an identity field is refused, and all that came with it', async () => {
    const before = await workspace.head();
    const entries = [aCard(workspace, 1), aCard(workspace, 2, named)];
    await expect(workspace.append(entries)).rejects.toMatchObject(refusal);
    expect(await workspace.head()).toEqual(before);
  });
  it.each(['revise', 'answer', 'resolve', 'assess', 'a_later_kind'])('also as %s', async (kind) => {
    await expect(workspace.append([aCard(workspace, 1, { ...named, kind })])).rejects.toMatchObject(refusal);
  });
  it('also in a folder that was opened again, by the study that its log holds', async () => {
    await workspace.close();
    workspace = await openWorkspace(folder.dir, { effects: fixedEffects('again') });
    await expect(workspace.append([aCard(workspace, 1, named)])).rejects.toMatchObject(refusal);
  });
  it('control: the same card without that field, or with its gap, is taken', async () => {
    const gap = { values: { number: 2, organiser: { missing: 'refused' } } } as const;
    expect((await workspace.append([aCard(workspace, 1), aCard(workspace, 2, gap)])).added).toBe(2);
  });
});
