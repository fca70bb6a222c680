import type { Snapshot } from '../snapshot/index.ts';
import type { Measure, Study, TableDefinition } from '../study/index.ts';
import { fieldStatus, numberColumn } from './amount.ts';
import { codedColumn } from './coded-column.ts';
import { truthOf } from './condition.ts';
import { definitionProblem, fieldProblem } from './definition-problem.ts';
import { planDimension } from './dimension-plan.ts';
import type { PeopleBehind } from './interval.ts';
import { newProgram, runProgram } from './program.ts';
import { EVERY, vectorOf } from './status.ts';
import { tableView } from './table-view.ts';

/** The field that tells people apart in a table: that of its measure of distinct persons. Without one each row is a person. */
const personField = (definition: TableDefinition): string | undefined => {
  if (definition.persons === undefined) return undefined;
  const measure = definition.measures.find((m) => m.id === definition.persons);
  if (measure?.kind !== 'term' || measure.term.kind !== 'distinct')
    throw definitionProblem(definition, 'persons_unknown', definition.persons);
  return measure.term.field;
};

/**
 * The recorded values behind a statistic, gathered by person. Answers of one person are not
 * independent, so whatever tells how sure a statistic is draws people and not answers (methodology 4.4).
 */
const personValues = (
  study: Study,
  snapshot: Snapshot,
  definition: TableDefinition,
  measure: Measure & { kind: 'statistic' },
): ((place: readonly number[]) => PeopleBehind) => {
  const view = tableView(snapshot, definition.of);
  const field = personField(definition);
  const person = field === undefined ? undefined : view?.column(field);
  if (view === undefined || (field !== undefined && person === undefined))
    throw fieldProblem(definition, field ?? definition.of);
  const program = newProgram(view, Math.max(1, view.table.rows));
  const dimensions = definition.dimensions.map((d) => planDimension(study, view, definition, d));
  const column = numberColumn(definition, program, measure.field);
  const counts = vectorOf(
    program,
    definition.where === undefined ? EVERY : truthOf(program, definition.where.root),
  );
  const stated = vectorOf(program, fieldStatus(program, measure.field, measure.where));
  runProgram(program);
  // Rows that name nobody may all be one person's: they are taken for one.
  const people = person && codedColumn(person).slots;
  const rows = Array.from({ length: view.table.rows }, (_, row) => row).filter(
    (row) => counts.data[row] === 1 && stated.data[row] === 1,
  );
  const groups = dimensions.map(
    ({ coded, groupOf }) =>
      (row: number) =>
        groupOf[coded.slots[row] ?? 0] ?? -1,
  );
  return (place) => {
    const found = new Map<number, number[]>();
    for (const row of rows) {
      const isIn = groups.every((groupAt, d) => {
        const group = groupAt(row);
        return group >= 0 && (place[d] === dimensions[d]?.groups.length || place[d] === group);
      });
      if (!isIn) continue;
      const key = people === undefined ? row : (people[row] ?? 0);
      found.set(key, [...(found.get(key) ?? []), column.values[row] ?? 0]);
    }
    return { decimals: column.decimals, values: [...found.values()] };
  };
};

/**
 * The values of each person behind a cell of a statistic, gathered once for each measure that asks; a place is one number a
 * dimension, the number of groups for a total.
 */
export const peopleBehind = (
  study: Study,
  snapshot: Snapshot,
  definition: TableDefinition,
): ((measure: Measure, place: readonly number[]) => PeopleBehind) => {
  const gathered = new Map<string, (place: readonly number[]) => PeopleBehind>();
  return (measure, place) => {
    if (measure.kind !== 'statistic') return { decimals: 0, values: [] };
    const known = gathered.get(measure.id) ?? personValues(study, snapshot, definition, measure);
    gathered.set(measure.id, known);
    return known(place);
  };
};
