import { useState } from 'react';

/** One choice among several, as the browser's own list: it works with a thumb, a keyboard and a screen reader alike. */
export const Choice = ({
  label,
  value,
  options,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly text: string }[];
  readonly onChange: (value: string) => void;
}) => {
  // Shows the choice at once: the address of the page, where it is kept, follows a moment later.
  const [chosen, setChosen] = useState(value);
  const [kept, setKept] = useState(value);
  if (kept !== value) {
    setKept(value);
    setChosen(value);
  }
  return (
    <label>
      {label}
      <select
        value={chosen}
        onChange={(e) => {
          setChosen(e.target.value);
          onChange(e.target.value);
        }}
      >
        {options.map((o) => (
          <option key={o.value} value={o.value}>
            {o.text}
          </option>
        ))}
      </select>
    </label>
  );
};
