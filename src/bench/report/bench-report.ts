import type { Html } from './html';

/** Where and when a benchmark ran. */
export type Machine = {
  processor: string;
  cores: number;
  node: string;
  /** Name and version, where one was used. */
  browser: string | null;
  /** When the run ended, ISO 8601. */
  date: string;
};

/** What `--json` writes, for every suite; some add fields of their own. Infinities and NaN become null there. */
export type BenchReport = {
  suite: string;
  machine: Machine;
  rows: readonly object[];
  summary: object;
};

/** One figure of a summary beside what it should be. `passed` null: nothing was measured. */
export type Verdict = { label: string; value: string; bar: string; passed: boolean | null };

/** A part of the page with its own heading. */
export type Section = { id: string; title: string; body: Html };

/** A report as a page. */
export type ReportPage = {
  title: string;
  /** One or two sentences for somebody who knows nothing of it. */
  lead: string;
  /** How it was run, beyond the machine: name and value. */
  facts: readonly (readonly [name: string, value: string])[];
  verdicts: readonly Verdict[];
  sections: readonly Section[];
};

/** What a suite hands back: the data, a table for the terminal, and a page where it has one of its own. */
export type SuiteOutcome = { report: BenchReport; table: string; page?: ReportPage };
