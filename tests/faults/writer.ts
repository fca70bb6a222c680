// Appends one card after another and tells the number of each as soon as it is acknowledged; killed by its parent.
// `writer.ts STORE PLACE FROM [early]`: STORE is a module that opens the store at PLACE. Cards go in from number FROM on, four
// at a time, as four phones would send them; a card has the same entry id in every run, so what was not acknowledged is
// sent again after a crash. `early` is the control: it acknowledges before the log has the card.
import { writeSync } from 'node:fs';
import { groupCommit, type LogStore } from '../../src/log/index.ts';
import { fieldCard, fieldDevice } from './field-device.ts';

/** What STORE exports. */
interface StoreModule {
  readonly openStore: (place: string) => Promise<LogStore>;
}

const [, , module = '', place = '', from = '0', early] = process.argv;
const SENDERS = 4;
const { openStore } = (await import(module)) as StoreModule;
writeSync(1, 'started\n');
const store = await openStore(place);
const append = groupCommit(store, fieldDevice);
const acknowledge = (n: number): unknown => writeSync(1, `${n}\n`);
const send = async (first: number): Promise<void> => {
  for (let n = first; ; n += SENDERS) {
    if (early !== undefined) acknowledge(n);
    await append([fieldCard(n)], true);
    if (early === undefined) acknowledge(n);
  }
};
await Promise.all(Array.from({ length: SENDERS }, (_, i) => send(Number(from) + i)));
