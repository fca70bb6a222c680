/** A peer of the import: DuckDB reads the CSV file into a table on disk. `node bench/duckdb-csv.ts FILE.csv FILE.db` */
import { DuckDBInstance } from '@duckdb/node-api';

const [csv = '', db = ''] = process.argv.slice(2);
const instance = await DuckDBInstance.create(db);
const connection = await instance.connect();
const quoted = csv.replaceAll("'", "''");
await connection.run(`CREATE TABLE cards AS SELECT * FROM read_csv('${quoted}', delim = ';', header = true)`);
const counted = await connection.runAndReadAll('SELECT count(*) FROM cards');
process.stdout.write(`${String(counted.getRows()[0]?.[0])}\n`);
connection.closeSync();
instance.closeSync();
