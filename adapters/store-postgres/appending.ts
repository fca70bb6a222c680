import { DURABLE_SETTINGS, SETTINGS_SQL } from './durability.ts';
import { LEAF } from './leaf-row.ts';

/**
 * Leaves with their hashes and the heads of their devices, at position $2 of the log of $1: nothing goes in when the log ends
 * elsewhere or a setting is not durable, which the answer tells.
 */
const ADDING = `
WITH log AS (
  SELECT ${SETTINGS_SQL} AS settings, coalesce(max(position) + 1, 0) AS next FROM baqylau.log WHERE org = $1
), leaves AS (
  SELECT $2::bigint + n - 1 AS position, entry_id, record_id, device, bytes, hash
  FROM log, unnest($3::text[], $4::text[], $5::text[], $6::bytea[], $7::bytea[]) WITH ORDINALITY
    AS given (entry_id, record_id, device, bytes, hash, n)
  WHERE next = $2 ${DURABLE_SETTINGS.map(({ name, reads }) => `AND current_setting('${name}') = '${reads}'`).join(' ')}
), stored AS (
  INSERT INTO baqylau.log SELECT $1, position, entry_id, record_id, device, bytes FROM leaves
), hashed AS (
  INSERT INTO baqylau.leaf_hash SELECT $1, position, hash FROM leaves
), headed AS (
  INSERT INTO baqylau.device_head SELECT $1, device, max(position) FROM leaves GROUP BY device
  ON CONFLICT (org, device) DO UPDATE SET position = excluded.position
)`;

/** One statement of a larger transaction. */
export const ADD = `${ADDING}
SELECT settings, next FROM log`;

/** The whole append, with the tree that it grows and the wraps that its entries name: one statement, one wait. */
export const ADD_AND_COMMIT = `${ADDING}, edged AS (
  INSERT INTO baqylau.edge SELECT $1, $8::bytea[] WHERE EXISTS (SELECT FROM leaves)
  ON CONFLICT (org) DO UPDATE SET hashes = excluded.hashes
), noted AS (
  INSERT INTO baqylau.checkpoint SELECT $1, $9::bigint, $10::text WHERE EXISTS (SELECT FROM leaves)
), wrapped AS (
  INSERT INTO baqylau.key_vault
  SELECT $1, key_id, wrap FROM unnest($11::text[], $12::bytea[]) AS given (key_id, wrap) WHERE EXISTS (SELECT FROM leaves)
  ON CONFLICT (org, key_id) DO UPDATE SET wrap = excluded.wrap
)
SELECT settings, next FROM log`;

export const SET_TREE = `
WITH edge AS (
  INSERT INTO baqylau.edge VALUES ($1, $2::bytea[]) ON CONFLICT (org) DO UPDATE SET hashes = excluded.hashes
)
INSERT INTO baqylau.checkpoint VALUES ($1, $3, $4)`;

/** Checkpoints of a log that is copied here. */
export const ADD_CHECKPOINTS =
  'INSERT INTO baqylau.checkpoint SELECT $1, size, note FROM unnest($2::bigint[], $3::text[]) AS given (size, note)';

export const PUT_WRAPS = `
INSERT INTO baqylau.key_vault SELECT $1, key_id, wrap FROM unnest($2::text[], $3::bytea[]) AS given (key_id, wrap)
ON CONFLICT (org, key_id) DO UPDATE SET wrap = excluded.wrap`;

export const PUT_BLOB = 'INSERT INTO baqylau.blob VALUES ($1, $2, $3) ON CONFLICT DO NOTHING';

export const FIND = `SELECT ${LEAF} FROM baqylau.log WHERE org = $1 AND entry_id = $2`;

export const LAST_OF = `SELECT l.position, l.entry_id, l.record_id, l.device, l.bytes
FROM baqylau.device_head h JOIN baqylau.log l ON l.org = h.org AND l.position = h.position
WHERE h.org = $1 AND h.device = $2`;
