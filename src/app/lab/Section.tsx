import { useState, type ReactNode } from 'react';

type SectionProps = { title: string; startsOpen?: boolean; says: ReactNode; children: ReactNode };

/** A part of the lab that folds away; what is folded is not there, and costs nothing. `says`: how it stands, in a few words. */
export function Section({ title, startsOpen = false, says, children }: SectionProps) {
  const [open, setOpen] = useState(startsOpen);
  return (
    <details className="lab-section" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <h3>{title}</h3>
        <span className="lab-says">{says}</span>
      </summary>
      {open && <div className="lab-section-body">{children}</div>}
    </details>
  );
}
