import { useState } from 'react';
import type { WireColumn } from '../../src/contract/index.ts';
import { Choice } from './choice.tsx';
import { type Condition, printConditions, readConditions } from './condition.ts';
import { useWords } from './words.tsx';

interface Props {
  readonly columns: readonly WireColumn[];
  readonly where: string;
  readonly onChange: (where: string) => void;
}

/** The conditions that hold, each with a button that drops it. */
const Holding = ({
  columns,
  conditions,
  onChange,
}: {
  readonly columns: Props['columns'];
  readonly conditions: readonly Condition[];
  readonly onChange: Props['onChange'];
}) => {
  const say = useWords();
  if (conditions.length === 0) return null;
  return (
    <ul className="conditions">
      {conditions.map((condition, i) => {
        const column = columns.find((c) => c.field === condition.field);
        const code = column?.codes.find((c) => c.code === condition.code);
        const text = `${column?.title ?? condition.field}: ${code?.text ?? condition.code}`;
        return (
          <li key={text}>
            {text}
            <button
              type="button"
              aria-label={say('web.crosstab.drop', { text })}
              onClick={() => onChange(printConditions(conditions.toSpliced(i, 1)))}
            >
              ×
            </button>
          </li>
        );
      })}
    </ul>
  );
};

/** Adds a condition from two lists. */
const Adding = ({
  columns,
  conditions,
  onChange,
}: {
  readonly columns: Props['columns'];
  readonly conditions: readonly Condition[];
  readonly onChange: Props['onChange'];
}) => {
  const say = useWords();
  const usable = columns.filter((c) => c.codes.length > 0);
  const [field, setField] = useState('');
  const [code, setCode] = useState('');
  const column = usable.find((c) => c.field === field);
  return (
    <>
      <Choice
        label={say('web.crosstab.only')}
        value={field}
        options={[
          { value: '', text: say('web.crosstab.all_records') },
          ...usable.map((c) => ({ value: c.field, text: c.title })),
        ]}
        onChange={(next) => {
          setField(next);
          setCode(usable.find((c) => c.field === next)?.codes[0]?.code ?? '');
        }}
      />
      {column === undefined ? null : (
        <>
          <Choice
            label={say('web.crosstab.is')}
            value={code}
            options={column.codes.map((c) => ({ value: c.code, text: c.text }))}
            onChange={setCode}
          />
          <button
            type="button"
            className="act"
            onClick={() => {
              onChange(printConditions([...conditions, { field, code }]));
              setField('');
            }}
          >
            {say('web.crosstab.add')}
          </button>
        </>
      )}
    </>
  );
};

/** Which records are counted: chosen from lists, or written as an expression of the study language. */
export const ConditionEditor = ({ columns, where, onChange }: Props) => {
  const say = useWords();
  const conditions = readConditions(where);
  return (
    <>
      {conditions === undefined ? null : (
        <Adding columns={columns} conditions={conditions} onChange={onChange} />
      )}
      <div className="whole">
        {conditions === undefined ? null : (
          <Holding columns={columns} conditions={conditions} onChange={onChange} />
        )}
        <details open={conditions === undefined}>
          <summary>{say('web.crosstab.where')}</summary>
          <form
            className="expression"
            onSubmit={(e) => {
              e.preventDefault();
              onChange(String(new FormData(e.currentTarget).get('where') ?? '').trim());
            }}
          >
            <input
              key={where}
              name="where"
              defaultValue={where}
              aria-label={say('web.crosstab.where')}
              spellCheck={false}
              autoCapitalize="off"
              aria-describedby="where-hint"
            />
            <button type="submit">{say('web.crosstab.apply')}</button>
          </form>
          <p id="where-hint" className="hint">
            {say('web.crosstab.where_hint')}
          </p>
        </details>
      </div>
    </>
  );
};
