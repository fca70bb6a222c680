#!/usr/bin/env node
// Verifies a copy of a Baqylau log, or the proof of one entry, without Baqylau. One file, no packages, Node 18 or newer.
// Written from docs/log-copy-format.md, RFC 6962, RFC 8032, RFC 8785 and c2sp.org/signed-note; it shares no code with the
// program that it checks. How to use it and what it proves: docs/how-to/verify-a-log.md.
//
//   node verify.mjs log FILE [--key K] [--root K] [--devices FILE] [--witness FILE]... [--every-signature]
//   node verify.mjs proof FILE [--key K] [--entry FILE] [--witness FILE]
//
// SPDX-License-Identifier: AGPL-3.0-or-later
import { createHash, createPublicKey, verify as verifySignature } from 'node:crypto';
import { createReadStream, readFileSync, realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

// --- Bytes and texts ---------------------------------------------------------------------------------------------------

const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
const hex = (bytes) => bytes.toString('hex');
const isHash = (value) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Bytes of base64 or base64url; undefined for a text that is not the one spelling of its bytes. */
const decoded = (text, encoding) => {
  if (typeof text !== 'string') return undefined;
  const bytes = Buffer.from(text, encoding);
  return bytes.toString(encoding) === text ? bytes : undefined;
};

/** RFC 8785. Throws for what has no canonical spelling. */
export const canonical = (value) => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (isObject(value)) {
    const names = Object.keys(value).sort();
    return `{${names.map((name) => `${canonical(name)}:${canonical(value[name])}`).join(',')}}`;
  }
  if (typeof value === 'string' && !value.isWellFormed?.() && /[\ud800-\udfff]/.test(value))
    encodeURIComponent(value);
  return JSON.stringify(value);
};

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
/** The JSON value of a line and its text; undefined unless the line is its canonical spelling. */
const jsonLine = (bytes) => {
  try {
    const text = utf8.decode(bytes);
    const value = JSON.parse(text);
    return canonical(value) === text ? { value, text } : undefined;
  } catch {
    return undefined;
  }
};

// --- RFC 6962 ----------------------------------------------------------------------------------------------------------

export const leafHash = (leaf) => sha256(Buffer.from([0]), leaf);
export const nodeHash = (left, right) => sha256(Buffer.from([1]), left, right);

/** A tree that grows: `roots[i]` is the root of a full subtree of 2^i leaves, if the size has that bit. */
export class Tree {
  size = 0;
  roots = [];
  add(leaf) {
    let [hash, level] = [leaf, 0];
    for (; this.roots[level] !== undefined; level += 1) {
      hash = nodeHash(this.roots[level], hash);
      this.roots[level] = undefined;
    }
    this.roots[level] = hash;
    this.size += 1;
  }
  root() {
    const present = this.roots.filter((root) => root !== undefined);
    return present.length === 0 ? sha256('') : present.reduce((right, left) => nodeHash(left, right));
  }
}

/** The root that an inclusion proof leads to; undefined for a proof of the wrong length. RFC 6962 2.1.1, read as a recursion. */
export const inclusionRoot = (leaf, index, size, proof) => {
  const rest = [...proof];
  const rootOf = (at, count) => {
    if (count === 1) return leaf;
    const left = 2 ** Math.floor(Math.log2(count - 1));
    const inner = at < left ? rootOf(at, left) : rootOf(at - left, count - left);
    const beside = rest.shift();
    if (beside === undefined || inner === undefined) return undefined;
    return at < left ? nodeHash(inner, beside) : nodeHash(beside, inner);
  };
  if (!(Number.isSafeInteger(index) && Number.isSafeInteger(size) && index >= 0 && index < size))
    return undefined;
  const root = rootOf(index, size);
  return rest.length === 0 ? root : undefined;
};

/** The roots of the older and the newer tree that a consistency proof leads to; undefined when it fits no such trees. 2.1.2. */
export const consistencyRoots = (first, second, olderRoot, proof) => {
  const rest = [...proof];
  const rootsOf = (m, n, whole) => {
    if (m === n) {
      const hash = whole ? olderRoot : rest.shift();
      return hash && { older: hash, newer: hash };
    }
    const left = 2 ** Math.floor(Math.log2(n - 1));
    const inner = m <= left ? rootsOf(m, left, whole) : rootsOf(m - left, n - left, false);
    const beside = rest.shift();
    if (inner === undefined || beside === undefined) return undefined;
    return m <= left
      ? { older: inner.older, newer: nodeHash(inner.newer, beside) }
      : { older: nodeHash(beside, inner.older), newer: nodeHash(beside, inner.newer) };
  };
  if (!(first >= 1 && first <= second)) return undefined;
  const roots = rootsOf(first, second, true);
  return rest.length === 0 ? roots : undefined;
};

// --- Ed25519 and signed notes ------------------------------------------------------------------------------------------

/** A checker of Ed25519 signatures; undefined for anything that is no public key of 32 bytes. */
const checkerOf = (raw) => {
  if (raw?.length !== 32) return undefined;
  const key = createPublicKey({
    key: Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), raw]),
    format: 'der',
    type: 'spki',
  });
  return (text, signature) =>
    signature?.length === 64 && verifySignature(null, Buffer.from(text), key, signature);
};

/** A key as it is handed out: `name+hex(key id)+base64(0x01, public key)`. */
export const noteKey = (text) => {
  const match = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})$/.exec(String(text).trim());
  const bytes = match && decoded(match[3], 'base64');
  if (!bytes || bytes.length !== 33 || bytes[0] !== 1) return undefined;
  const id = sha256(`${match[1]}\n`, bytes).subarray(0, 4);
  return hex(id) === match[2] ? { name: match[1], id, check: checkerOf(bytes.subarray(1)) } : undefined;
};

/** The text that this key signed; undefined when the note is malformed or not signed by it. */
export const openNote = (note, key) => {
  const end = typeof note === 'string' ? note.lastIndexOf('\n\n') : -1;
  if (end < 0 || !note.endsWith('\n')) return undefined;
  const text = note.slice(0, end + 1);
  const lines = note.slice(end + 2, -1).split('\n');
  const parsed = lines.map((line) => /^— (\S+) (\S+)$/.exec(line));
  if (parsed.some((match) => match === null || decoded(match[2], 'base64') === undefined)) return undefined;
  const ours = parsed
    .filter((match) => match[1] === key.name)
    .map((match) => Buffer.from(match[2], 'base64'))
    .find((bytes) => bytes.subarray(0, 4).equals(key.id));
  return ours !== undefined && key.check(text, ours.subarray(4)) ? text : undefined;
};

/** Size and root of a checkpoint that this key signed. */
export const openCheckpoint = (note, key) => {
  const text = openNote(note, key);
  const match =
    text === undefined ? null : /^([^\n]+)\n(0|[1-9]\d{0,15})\n([A-Za-z0-9+/]{43}=)\n$/.exec(text);
  return match !== null && match[1] === key.name
    ? { size: Number(match[2]), root: Buffer.from(match[3], 'base64') }
    : undefined;
};

// --- Entries -----------------------------------------------------------------------------------------------------------

const BODY =
  'attachments,author,device,device_prev,device_seq,entry_id,instrument,instrument_version,kind,occurred_at,org,parents,reason,record_id,sealed,study,v,values,zone';

/** A leaf line: its body, the text of the body, and the signature; undefined when it is no entry in its one spelling. */
export const readEntry = (bytes) => {
  const line = jsonLine(bytes);
  if (!isObject(line?.value) || Object.keys(line.value).join() !== 'body,received_at,signature')
    return undefined;
  const { body, received_at: received, signature } = line.value;
  const isEntry =
    isObject(body) &&
    Object.keys(body).join() === BODY &&
    body.v === 1 &&
    typeof body.device === 'string' &&
    typeof body.entry_id === 'string' &&
    Number.isSafeInteger(body.device_seq) &&
    body.device_seq >= 1 &&
    (body.device_prev === '' || isHash(body.device_prev)) &&
    !Number.isNaN(Date.parse(received)) &&
    decoded(signature, 'base64url')?.length === 64;
  const text = isEntry ? canonical(body) : '';
  return isEntry ? { body, text, signature: Buffer.from(signature, 'base64url') } : undefined;
};

export const isSigned = ({ text, signature }, check) => check(`baqylau/entry/v1\n${text}`, signature);

/** Blobs that an entry is nothing without: the files of a study, the text of a key directory. */
const namedBlobs = ({ kind, values }) => {
  if (kind === 'directory') return [values?.sha256];
  return kind === 'study' && Array.isArray(values?.files)
    ? values.files.map((file) => file?.values?.sha256)
    : [];
};

const attachmentsOf = ({ attachments }) => (Array.isArray(attachments) ? attachments : []);

/** Keys that an entry of erasure says are destroyed: what was sealed under them may be gone. */
const erasedKeys = ({ kind, values }) => (kind === 'erase' ? [values?.key_ids].flat() : []);

/** Devices and where revoked ones end: those of the directory that the root key signed, else those that are listed. */
const devicesOf = (header, root) => {
  if (header.directory === '')
    return new Map(Object.entries(header.devices).map(([id, key]) => [id, { key }]));
  const text = root && openNote(header.directory, root);
  const context = 'baqylau/directory/v1\n';
  if (!text?.startsWith(context)) return undefined;
  const { org, devices } = JSON.parse(text.slice(context.length));
  if (org !== header.org) return undefined;
  return new Map(devices.map((d) => [d.device, { key: d.public_key, endsAt: d.ends_at }]));
};

/** The chains of the devices: each entry is numbered and names the hash of the one before. */
export class Chains {
  last = new Map();
  /** Says what is wrong with this entry's place; undefined when it is the next link. */
  take({ body, text, signature }) {
    const { device, device_seq: seq, device_prev: prev } = body;
    const before = this.last.get(device) ?? { seq: 0, hash: '' };
    const hash = hex(sha256(text));
    if (seq > before.seq) this.last.set(device, { seq, hash, text, signature });
    if (seq <= before.seq) return `number ${seq} of its device comes again or too late: repeated or moved`;
    if (seq > before.seq + 1)
      return `entries ${before.seq + 1} to ${seq - 1} of its device are missing before it`;
    return prev === before.hash
      ? undefined
      : 'it does not follow the entry of its device before it, or that one was changed';
  }
}

// --- A copy of a log ---------------------------------------------------------------------------------------------------

const MAX_LINE = 64 * 1024 * 1024;
const tooLong = () => new Error('a line is longer than 64 MiB');

/** Lines of a file as bytes, without their ends; the last one must have an end. */
const linesOf = async function* (file) {
  let rest = Buffer.alloc(0);
  for await (const piece of createReadStream(file, { highWaterMark: 1 << 20 })) {
    rest = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    let from = 0;
    for (let end = rest.indexOf(10, from); end >= 0; end = rest.indexOf(10, from)) {
      if (end - from > MAX_LINE) throw tooLong();
      yield rest.subarray(from, end);
      from = end + 1;
    }
    rest = rest.subarray(from);
    if (rest.length > MAX_LINE) throw tooLong();
  }
  if (rest.length > 0) yield undefined;
};

const KEPT = 100;
class Report {
  findings = [];
  more = 0;
  counts = { blobs: 0, leaves: 0, checkpoints: 0, wraps: 0 };
  signatures = 0;
  root = '';
  /** `position` is that of an entry, from 0; undefined for what concerns the whole. */
  find(what, position, line) {
    if (this.findings.length < KEPT) this.findings.push({ what, position, line });
    else this.more += 1;
  }
}

/**
 * Checks a copy. One signature a chain covers all bodies before it (each names the hash of the one before), so the first
 * reading checks those; where anything is wrong, or when asked, a second one checks every signature.
 */
export const verifyCopy = async (file, trust = {}) => {
  const quick = trust.everySignature ? undefined : await readCopy(file, trust, false);
  return quick !== undefined && quick.findings.length === 0 ? quick : readCopy(file, trust, true);
};

const readCopy = async (file, trust, every) => {
  const report = new Report();
  const state = {
    line: 0,
    blobs: new Set(),
    open: undefined,
    /** Sealed attachments that are not in the file, and the keys that were erased, each with its record. */
    gone: [],
    erased: new Set(),
    tree: new Tree(),
    chains: new Chains(),
    lastNote: undefined,
  };
  state.witnesses = [...(trust.witnesses ?? [])];
  const hash = createHash('sha256');
  let part = 'header';
  for await (const bytes of linesOf(file)) {
    state.line += 1;
    if (bytes === undefined) {
      report.find('the file ends within a line: it was cut', undefined, state.line);
      break;
    }
    if (part === 'end') {
      report.find('something follows the end', undefined, state.line);
      break;
    }
    if (part === 'header') {
      if (!takeHeader(bytes, trust, state, report)) return report;
      part = 'body';
    } else {
      const start = bytes.subarray(0, 12).toString('latin1');
      if (start.startsWith('{"body":')) takeLeaf(bytes, state, report, every);
      else if (start.startsWith('{"note":')) takeCheckpoint(bytes, state, report);
      else if (start.startsWith('{"blob":') || start.startsWith('{"data":')) takeBlob(bytes, state, report);
      else if (start.startsWith('{"key_id":')) takeWrap(bytes, state, report);
      else if (start.startsWith('{"blobs":')) {
        takeTrailer(bytes, hash.copy().digest('hex'), report, state.line);
        part = 'end';
      } else report.find('a line that is no part of a copy', state.tree.size, state.line);
    }
    hash.update(bytes).update('\n');
  }
  if (part === 'header') report.find('the file is empty');
  if (part === 'body') report.find('the end is missing: the file was cut');
  if (part !== 'header') finish(state, report, every);
  return report;
};

const takeHeader = (bytes, trust, state, report) => {
  const header = jsonLine(bytes)?.value;
  if (
    !isObject(header) ||
    header.format !== 'baqylau/copy/v1' ||
    !isObject(header.devices) ||
    !isHash(header.root)
  ) {
    report.find('the first line is no header of a log copy', undefined, 1);
    return false;
  }
  for (const [given, stated, what] of [
    [trust.key, header.checkpoint_key, 'checkpoint key'],
    [trust.root, header.org_root, 'root key'],
  ])
    if (given !== undefined && given !== stated)
      report.find(`the ${what} is not the one that you were given`, undefined, 1);
  if (trust.devices !== undefined && canonical(trust.devices) !== canonical(header.devices))
    report.find('the devices are not those that you were given', undefined, 1);
  const key = noteKey(trust.key ?? header.checkpoint_key);
  const root = (trust.root ?? header.org_root) === '' ? undefined : noteKey(trust.root ?? header.org_root);
  const devices = devicesOf({ ...header, devices: trust.devices ?? header.devices }, root);
  if (key === undefined || devices === undefined) {
    report.find(
      key === undefined ? 'the checkpoint key is no key' : 'the key directory is not signed by the root key',
      undefined,
      1,
    );
    return false;
  }
  state.header = header;
  state.key = key;
  state.devices = new Map(
    [...devices].map(([id, device]) => [
      id,
      { ...device, check: checkerOf(decoded(device.key, 'base64url')) },
    ]),
  );
  state.witnesses = state.witnesses.map((note) => openCheckpoint(note, key));
  if (state.witnesses.includes(undefined))
    report.find('a checkpoint that you gave is not signed by the checkpoint key');
  state.witnesses = state.witnesses.filter((w) => w !== undefined).sort((a, b) => a.size - b.size);
  return true;
};

const takeLeaf = (bytes, state, report, every) => {
  const { tree, chains, line } = state;
  const position = tree.size;
  endBlob(state, report);
  report.counts.leaves += 1;
  tree.add(leafHash(bytes));
  compareWitnesses(state, report);
  const entry = readEntry(bytes);
  if (entry === undefined) return report.find('not an entry in its one spelling', position, line);
  const { body } = entry;
  if (body.org !== state.header.org) report.find('an entry of another organisation', position, line);
  const device = state.devices.get(body.device);
  if (device?.check === undefined)
    return report.find('its device is not known: put in by somebody else', position, line);
  if (every) {
    report.signatures += 1;
    if (!isSigned(entry, device.check))
      return report.find('not signed by its device: changed', position, line);
  }
  const wrong = chains.take(entry);
  if (wrong !== undefined) report.find(wrong, position, line);
  if (body.device_seq > (device.endsAt ?? Number.POSITIVE_INFINITY))
    report.find('written after its device was revoked', position, line);
  for (const blob of namedBlobs(body))
    if (!state.blobs.has(blob)) report.find('a file that it names is missing', position, line);
  takeAttachments(body, { position, line }, state);
};

const takeAttachments = (body, at, { blobs, gone, erased }) => {
  const keyed = (key) => `${body.record_id} ${key}`;
  for (const { ct_sha256: blob, key_id: key } of attachmentsOf(body))
    if (!blobs.has(blob)) gone.push({ ...at, key: keyed(key) });
  for (const key of erasedKeys(body)) erased.add(keyed(key));
};

const takeCheckpoint = (bytes, state, report) => {
  const { tree, key, line } = state;
  const stored = jsonLine(bytes)?.value;
  report.counts.checkpoints += 1;
  const checkpoint = isObject(stored) ? openCheckpoint(stored.note, key) : undefined;
  state.lastNote = undefined;
  if (checkpoint === undefined)
    return report.find('a checkpoint that is not signed by the checkpoint key', tree.size, line);
  if (checkpoint.size !== tree.size || stored.size !== tree.size)
    return report.find(
      `a checkpoint of ${checkpoint.size} entries stands after ${tree.size}: entries were removed or put in`,
      tree.size,
      line,
    );
  if (!checkpoint.root.equals(tree.root()))
    return report.find('the entries up to here are not those that were signed for', tree.size, line);
  state.lastNote = checkpoint;
};

const takeBlob = (bytes, state, report) => {
  const value = jsonLine(bytes)?.value;
  if (state.tree.size > 0) report.find('a file among the entries', state.tree.size, state.line);
  if (isHash(value?.blob) && Number.isSafeInteger(value.bytes)) {
    endBlob(state, report);
    report.counts.blobs += 1;
    state.open = { name: value.blob, length: value.bytes, hash: createHash('sha256'), line: state.line };
    return;
  }
  const data = decoded(value?.data, 'base64');
  if (data === undefined || state.open === undefined)
    return report.find('a damaged file', undefined, state.line);
  state.open.hash.update(data);
  state.open.length -= data.length;
};
const endBlob = (state, report) => {
  if (state.open === undefined) return;
  const { name, length, hash, line } = state.open;
  state.open = undefined;
  if (length !== 0 || hash.digest('hex') !== name)
    report.find(`the file ${name} was changed`, undefined, line);
  else state.blobs.add(name);
};

const takeWrap = (bytes, state, report) => {
  report.counts.wraps += 1;
  if (!state.header.vault || typeof jsonLine(bytes)?.value?.wrap !== 'string')
    report.find('a wrapped key that does not belong here', undefined, state.line);
};

const takeTrailer = (bytes, digest, report, line) => {
  const trailer = jsonLine(bytes)?.value ?? {};
  if (trailer.sha256 !== digest)
    report.find('the file is not as it was written: its hash differs', undefined, line);
  for (const [name, count] of Object.entries(report.counts))
    if (trailer[name] !== count)
      report.find(`${count} ${name} where the end says ${trailer[name]}`, undefined, line);
};

const compareWitnesses = ({ witnesses, tree }, report) => {
  for (; witnesses[0] !== undefined && witnesses[0].size <= tree.size; witnesses.shift())
    if (witnesses[0].size === tree.size && !witnesses[0].root.equals(tree.root()))
      report.find('a checkpoint that you kept does not fit: entries before here were rewritten', tree.size);
};

const finish = (state, report, every) => {
  const { tree, header, chains, devices, lastNote, witnesses } = state;
  endBlob(state, report);
  report.root = hex(tree.root());
  report.key = state.key.name;
  if (tree.size !== header.size)
    report.find(`${tree.size} entries where the first line says ${header.size}`, tree.size);
  if (report.root !== header.root)
    report.find('the root of the tree is not the one in the first line', tree.size);
  if (tree.size > 0 && lastNote?.size !== tree.size)
    report.find('no good checkpoint after the last entry', tree.size);
  if (witnesses.some((w) => w.size > tree.size))
    report.find(
      'a checkpoint that you kept is of a longer log: the end was cut off or an older copy put back',
      tree.size,
    );
  for (const { position, line, key } of state.gone)
    if (!state.erased.has(key))
      report.find(
        'a sealed attachment that it names is missing, and no entry says that it was erased',
        position,
        line,
      );
  if (every) return;
  for (const [device, end] of chains.last) {
    report.signatures += 1;
    if (!isSigned(end, devices.get(device).check))
      report.find('the last entry of a device is not signed by it', tree.size);
  }
};

// --- The proof of one entry --------------------------------------------------------------------------------------------

/** Checks the proof that an entry is in the log of a checkpoint. Returns what was found wrong, in words; empty when nothing. */
export const verifyProof = (proof, { key: given, entry, witness } = {}) => {
  const wrong = [];
  if (!isObject(proof) || proof.format !== 'baqylau/proof/v1') return ['not a proof'];
  if (given !== undefined && given !== proof.checkpoint_key)
    wrong.push('the checkpoint key is not the one that you were given');
  const key = noteKey(given ?? proof.checkpoint_key);
  const checkpoint = key && openCheckpoint(proof.checkpoint, key);
  if (checkpoint === undefined) return [...wrong, 'the checkpoint is not signed by the checkpoint key'];
  const text = entry ?? (proof.leaf === undefined ? undefined : Buffer.from(proof.leaf));
  const leaf = text === undefined ? decoded(proof.leaf_hash, 'hex') : leafHash(text);
  if (leaf === undefined || hex(leaf) !== proof.leaf_hash)
    wrong.push('the entry is not the one that the proof is about');
  const hashes = (list) =>
    Array.isArray(list) && list.every(isHash) ? list.map((h) => Buffer.from(h, 'hex')) : undefined;
  const path = hashes(proof.inclusion);
  const root = leaf && path && inclusionRoot(leaf, proof.position, checkpoint.size, path);
  if (!root?.equals(checkpoint.root)) wrong.push('the entry is not in the log of this checkpoint');
  const older = witness === undefined ? undefined : openCheckpoint(witness, key);
  if (witness !== undefined && older === undefined)
    wrong.push('the checkpoint that you kept is not signed by the checkpoint key');
  if (older !== undefined) wrong.push(...verifyConsistency(older, checkpoint, proof.earlier, hashes));
  if (text !== undefined) wrong.push(...verifyOwnSignature(text, proof.device_key));
  return wrong;
};

const verifyConsistency = (older, newer, earlier, hashes) => {
  if (older.size === newer.size)
    return older.root.equals(newer.root) ? [] : ['the checkpoint that you kept shows another log'];
  const path = hashes(earlier?.consistency);
  if (earlier?.size !== older.size || path === undefined)
    return ['the proof does not lead from the checkpoint that you kept'];
  const roots = older.size === 0 ? undefined : consistencyRoots(older.size, newer.size, older.root, path);
  const fits = roots?.older.equals(older.root) && roots.newer.equals(newer.root);
  return older.size === 0 || fits
    ? []
    : ['the log of the checkpoint that you kept is not the beginning of this one'];
};

const verifyOwnSignature = (text, deviceKey) => {
  const read = readEntry(text);
  const check = checkerOf(decoded(deviceKey, 'base64url'));
  if (read === undefined) return ['the entry is not in its one spelling'];
  return check !== undefined && isSigned(read, check) ? [] : ['the entry is not signed by its device'];
};

// --- Command line ------------------------------------------------------------------------------------------------------

const USAGE = `node verify.mjs log FILE [--key KEY] [--root KEY] [--devices FILE] [--witness FILE]... [--every-signature]
node verify.mjs proof FILE [--key KEY] [--entry FILE] [--witness FILE]
`;

const options = (argv) => {
  const found = { args: [], witness: [] };
  for (let i = 0; i < argv.length; i += 1) {
    const name = argv[i].startsWith('--') ? argv[i].slice(2) : undefined;
    if (name === undefined) found.args.push(argv[i]);
    else if (name === 'every-signature') found.everySignature = true;
    else if (['key', 'root', 'devices', 'entry', 'witness'].includes(name) && i + 1 < argv.length) {
      i += 1;
      if (name === 'witness') found.witness.push(readFileSync(argv[i], 'utf8'));
      else found[name] = argv[i];
    } else return undefined;
  }
  return found;
};

const runLog = async (file, given, out) => {
  const trust = {
    key: given.key,
    root: given.root,
    devices: given.devices === undefined ? undefined : JSON.parse(readFileSync(given.devices, 'utf8')),
    witnesses: given.witness,
    everySignature: given.everySignature,
  };
  const report = await verifyCopy(file, trust);
  const { counts, findings, more, signatures, root, key } = report;
  out(
    `entries ${counts.leaves}, checkpoints ${counts.checkpoints}, files ${counts.blobs}, signatures of entries checked ${signatures}\n`,
  );
  if (root !== '') out(`log ${key}, root ${root}\n`);
  if (given.key === undefined)
    out(
      'The keys were taken from the file itself: compare its first line with what the organisation handed out (--key).\n',
    );
  if (given.witness.length === 0)
    out('No checkpoint of yours was given: an older copy of this log would look whole too (--witness).\n');
  for (const { what, position, line } of findings)
    out(
      `FOUND${position === undefined ? '' : ` at entry ${position}`}${line === undefined ? '' : ` (line ${line})`}: ${what}\n`,
    );
  if (more > 0) out(`and ${more} more\n`);
  out(findings.length === 0 ? 'The log is whole.\n' : 'The log is NOT as it was signed.\n');
  return findings.length === 0 ? 0 : 1;
};

const runProof = (file, given, out) => {
  const proof = JSON.parse(readFileSync(file, 'utf8'));
  const entry = given.entry === undefined ? undefined : readFileSync(given.entry);
  const wrong = verifyProof(proof, { key: given.key, entry, witness: given.witness[0] });
  for (const what of wrong) out(`FOUND: ${what}\n`);
  if (wrong.length > 0) return 1;
  const about = `entry ${proof.position}, leaf hash ${proof.leaf_hash}`;
  out(`${about}\nis in the log of this checkpoint:\n${proof.checkpoint}`);
  if (given.key === undefined)
    out(
      'The key was taken from the file itself: compare it with what the organisation handed out (--key).\n',
    );
  if (given.witness.length > 0) out('The checkpoint that you kept is of the same log, earlier.\n');
  return 0;
};

export const main = async (argv, out) => {
  const [command, ...rest] = argv;
  const given = options(rest);
  if (given === undefined || given.args.length !== 1 || !['log', 'proof'].includes(command)) {
    out(USAGE);
    return 2;
  }
  try {
    return command === 'log' ? await runLog(given.args[0], given, out) : runProof(given.args[0], given, out);
  } catch (error) {
    out(`cannot be read: ${error.message}\n`);
    return 2;
  }
};

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url))
  process.exitCode = await main(process.argv.slice(2), (text) => process.stdout.write(text));
