import { useId, useState, type ReactNode } from 'react';

export type Choice<T extends string> = { value: T; label: string; explains?: string };

type ChoiceFieldProps<T extends string> = {
  legend: string;
  choices: readonly Choice<T>[];
  value: T;
  onChange: (value: T) => void;
  /** A row of segments with the explanation of the chosen one below, instead of a list of all. */
  compact?: boolean;
};

/** One of a few: a row of segments, or a list when the choices are explained. */
export function ChoiceField<T extends string>({ legend, choices, value, onChange, compact }: ChoiceFieldProps<T>) {
  const name = useId();
  const explained = !compact && choices.some(({ explains }) => explains);
  const hint = compact ? choices.find((choice) => choice.value === value)?.explains : undefined;
  return (
    <fieldset className="field">
      <legend>{legend}</legend>
      <div className={explained ? 'choice-list' : 'segments'}>
        {choices.map((choice) => (
          <label key={choice.value} className="choice">
            <input
              type="radio"
              name={name}
              value={choice.value}
              checked={choice.value === value}
              onChange={() => onChange(choice.value)}
            />
            <span className="choice-label">{choice.label}</span>
            {explained && choice.explains && <span className="choice-explains">{choice.explains}</span>}
          </label>
        ))}
      </div>
      {hint && <p className="field-hint" role="status">{hint}</p>}
    </fieldset>
  );
}

type SliderFieldProps = {
  label: string;
  value: number;
  min: number;
  max: number;
  step: number;
  shows: string;
  onChange: (value: number) => void;
};

export function SliderField({ label, value, min, max, step, shows, onChange }: SliderFieldProps) {
  const id = useId();
  return (
    <div className="field">
      <div className="field-line">
        <label htmlFor={id}>{label}</label>
        <output htmlFor={id} className="numbers">
          {shows}
        </output>
      </div>
      <input
        id={id}
        type="range"
        min={min}
        max={max}
        step={step}
        value={value}
        aria-valuetext={shows}
        onChange={(event) => onChange(event.currentTarget.valueAsNumber)}
      />
    </div>
  );
}

type TextFieldProps = {
  label: string;
  value: string;
  inputMode?: 'decimal' | 'numeric' | 'url';
  placeholder?: string;
  unit?: string;
  /** Takes the text on Enter or when the field is left; returns what is wrong with it, or null. */
  onCommit: (text: string) => string | null;
  children?: ReactNode;
};

/** A text field that keeps what was typed until it is right, and says what is wrong. */
export function TextField({ label, value, inputMode, placeholder, unit, onCommit, children }: TextFieldProps) {
  const id = useId();
  const [draft, setDraft] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const commit = () => {
    if (draft === null) return;
    const wrong = onCommit(draft);
    setProblem(wrong);
    if (wrong === null) setDraft(null);
  };
  return (
    <form
      className="field"
      onSubmit={(event) => {
        event.preventDefault();
        commit();
      }}
    >
      <div className="field-line">
        <label htmlFor={id}>{label}</label>
        <span className="text-input">
          <input
            id={id}
            type="text"
            inputMode={inputMode}
            placeholder={placeholder}
            autoComplete="off"
            spellCheck={false}
            value={draft ?? value}
            aria-invalid={problem !== null}
            aria-describedby={problem ? `${id}-problem` : undefined}
            onChange={(event) => setDraft(event.currentTarget.value)}
            onBlur={commit}
          />
          {unit && <span className="unit">{unit}</span>}
          {children}
        </span>
      </div>
      {problem && (
        <p id={`${id}-problem`} className="field-problem" role="alert">
          {problem}
        </p>
      )}
    </form>
  );
}
