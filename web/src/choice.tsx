/** One choice among several, as the browser's own list: it works with a thumb, a keyboard and a screen reader alike. */
export const Choice = (props: {
  readonly label: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly text: string }[];
  readonly onChange: (value: string) => void;
}) => (
  <label>
    {props.label}
    <select value={props.value} onChange={(e) => props.onChange(e.target.value)}>
      {props.options.map((o) => (
        <option key={o.value} value={o.value}>
          {o.text}
        </option>
      ))}
    </select>
  </label>
);
