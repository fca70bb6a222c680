const SLOT = 4;
const START = 1024;

/**
 * A number for each record id, in 16 bytes an id: keys of a long file must be remembered to find a key that stands twice,
 * and the memory for it must stay small. Ids are HMACs, so 96 of their bits tell any two apart.
 */
export interface IdTable {
  /** 0 when the id has none. */
  get(id: string): number;
  set(id: string, value: number): void;
}

export const idTable = (): IdTable => {
  let capacity = START;
  let slots = new Uint32Array(capacity * SLOT);
  let used = 0;
  const partsOf = (id: string): readonly [number, number, number] => [
    Number.parseInt(id.slice(0, 8), 16),
    Number.parseInt(id.slice(28, 36), 16),
    Number.parseInt(id.slice(9, 13) + id.slice(24, 28), 16),
  ];
  const find = (a: number, b: number, c: number): number => {
    for (let at = (a % capacity) * SLOT; ; at = (at + SLOT) % (capacity * SLOT))
      if (slots[at + 3] === 0 || (slots[at] === a && slots[at + 1] === b && slots[at + 2] === c)) return at;
  };
  const grow = (): void => {
    const old = slots;
    capacity *= 2;
    slots = new Uint32Array(capacity * SLOT);
    for (let at = 0; at < old.length; at += SLOT)
      if (old[at + 3] !== 0)
        slots.set(old.subarray(at, at + SLOT), find(old[at] ?? 0, old[at + 1] ?? 0, old[at + 2] ?? 0));
  };
  return {
    get: (id) => slots[find(...partsOf(id)) + 3] ?? 0,
    set: (id, value) => {
      if (used * 2 > capacity) grow();
      const parts = partsOf(id);
      const at = find(...parts);
      if (slots[at + 3] === 0) used += 1;
      slots.set([...parts, value], at);
    },
  };
};
