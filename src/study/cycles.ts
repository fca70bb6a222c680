/**
 * A cycle in a graph as its nodes in order, the first repeated at the end; undefined when there is none. Depth-first
 * without recursion, so that a long chain cannot exhaust the stack.
 */
export const findCycle = (
  nodes: Iterable<string>,
  next: (node: string) => Iterable<string>,
): readonly string[] | undefined => {
  const done = new Set<string>();
  for (const start of nodes) {
    if (done.has(start)) continue;
    const path: string[] = [start];
    const onPath = new Set(path);
    const waiting = [next(start)[Symbol.iterator]()];
    while (waiting.length > 0) {
      const step = waiting.at(-1)?.next();
      if (step === undefined || step.done === true) {
        const left = path.pop();
        waiting.pop();
        if (left !== undefined) {
          onPath.delete(left);
          done.add(left);
        }
      } else if (onPath.has(step.value)) return [...path.slice(path.indexOf(step.value)), step.value];
      else if (!done.has(step.value)) {
        path.push(step.value);
        onPath.add(step.value);
        waiting.push(next(step.value)[Symbol.iterator]());
      }
    }
  }
  return undefined;
};
