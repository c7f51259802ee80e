type SwitchFieldProps = { label: string; value: boolean; onChange: (value: boolean) => void };

/** Yes or no. */
export function SwitchField({ label, value, onChange }: SwitchFieldProps) {
  return (
    <label className="check">
      <input type="checkbox" checked={value} onChange={(event) => onChange(event.currentTarget.checked)} />
      {label}
    </label>
  );
}
