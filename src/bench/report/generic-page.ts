import type { BenchReport, ReportPage } from './bench-report';
import { flatten, plain, words } from './format';
import { html } from './html';
import { htmlTable, textTable, type Column } from './table';

type Flat = Record<string, unknown>;

/** A page for any suite: its summary and its rows as tables. */
export function genericPage(report: BenchReport, lead = ''): ReportPage {
  const rows = report.rows.map((row) => flatten(row));
  return {
    title: `Reverie benchmark: ${report.suite}`,
    lead,
    facts: [],
    verdicts: [],
    sections: [
      { id: 'summary', title: 'Summary', body: htmlTable(summaryColumns, summaryRows(report.summary)) },
      {
        id: 'rows',
        title: 'Rows',
        body: rows.length > 0 ? htmlTable(columnsOf(rows), rows) : html`<p>There are none.</p>`,
      },
    ],
  };
}

/** The summary of any suite for the terminal. */
export function summaryTable(summary: object): string {
  return textTable(summaryColumns, summaryRows(summary));
}

/** All fields that any row has, in the order of their first appearance. */
export function columnsOf(rows: readonly Flat[]): Column<Flat>[] {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return names.map((name) => ({
    name: words(name),
    words: rows.some((row) => typeof row[name] === 'string'),
    cell: (row) => plain(row[name]),
  }));
}

type SummaryRow = { name: string; value: unknown };

const summaryColumns: Column<SummaryRow>[] = [
  { name: 'figure', words: true, cell: (row) => words(row.name) },
  { name: 'value', cell: (row) => plain(row.value) },
];

function summaryRows(summary: object): SummaryRow[] {
  return Object.entries(flatten(summary)).map(([name, value]) => ({ name, value }));
}
