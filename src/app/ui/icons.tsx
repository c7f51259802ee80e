import type { ReactNode } from 'react';

function Icon({ children }: { children: ReactNode }) {
  return (
    <svg
      viewBox="0 0 24 24"
      width="1.35em"
      height="1.35em"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

export function StatsIcon() {
  return (
    <Icon>
      <path d="M4 20V11M10 20V4M16 20v-6M21 20H3" />
    </Icon>
  );
}

/** A stop watch. */
export function LabIcon() {
  return (
    <Icon>
      <circle cx="12" cy="13.5" r="7" />
      <path d="M12 13.5V9.8M10 3.5h4M12 3.5v3M17.4 7.6l1.3-1.3" />
    </Icon>
  );
}

export function VisitsIcon() {
  return (
    <Icon>
      <path d="M7 3.5h10v17l-5-4-5 4z" />
    </Icon>
  );
}

export function PictureIcon() {
  return (
    <Icon>
      <path d="M4 7.5h3.6L9.2 5h5.6l1.6 2.5H20v11H4z" />
      <circle cx="12" cy="12.6" r="3.4" />
    </Icon>
  );
}

export function SettingsIcon() {
  return (
    <Icon>
      <path d="M3 7h9M18 7h3M3 17h3M12 17h9" />
      <circle cx="15" cy="7" r="2.6" />
      <circle cx="9" cy="17" r="2.6" />
    </Icon>
  );
}

export function HelpIcon() {
  return (
    <Icon>
      <path d="M8.5 8.6a3.6 3.6 0 1 1 5.3 3.3c-1.1.6-1.8 1.3-1.8 2.6M12 18.6v.1" />
    </Icon>
  );
}

export function CloseIcon() {
  return (
    <Icon>
      <path d="M6 6l12 12M18 6L6 18" />
    </Icon>
  );
}

export function ChevronIcon() {
  return (
    <Icon>
      <path d="M6 15l6-6 6 6" />
    </Icon>
  );
}
