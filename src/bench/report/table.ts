import { html, type Html } from './html';

/** One column of a table: how it is called, and what stands in it for a row. */
export type Column<Row> = {
  name: string;
  cell: (row: Row) => string;
  /** Words stand left, numbers right. Default: numbers. */
  words?: boolean;
};

/** A table for the terminal: columns lined up, two spaces between them, a rule under the names. */
export function textTable<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const lines = [columns.map((column) => column.name), ...rows.map((row) => columns.map((column) => oneLine(column.cell(row))))];
  const widths = columns.map((_, c) => Math.max(...lines.map((line) => width(line[c]!))));
  const text = lines.map((line) => line.map((cell, c) => pad(cell, widths[c]!, columns[c]!.words ?? false)).join('  ').trimEnd());
  const rule = widths.map((columnWidth) => '-'.repeat(columnWidth)).join('  ');
  return [text[0], rule, ...text.slice(1)].join('\n');
}

/** The same table for the page. It scrolls inside its own box, so that the page never scrolls sideways. */
export function htmlTable<Row>(columns: readonly Column<Row>[], rows: readonly Row[], emphasised?: (row: Row) => boolean): Html {
  const kind = (column: Column<Row>): string => (column.words ? 'words' : 'number');
  const head = columns.map((column) => html`<th scope="col" class="${kind(column)}">${column.name}</th>`);
  const body = rows.map(
    (row) =>
      html`<tr${emphasised?.(row) && html` class="ours"`}>${columns.map((column) => html`<td class="${kind(column)}">${column.cell(row)}</td>`)}</tr>\n`,
  );
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Table, scrolls sideways"><table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}

function pad(cell: string, columnWidth: number, left: boolean): string {
  const space = ' '.repeat(columnWidth - width(cell));
  return left ? cell + space : space + cell;
}

/** Characters as a person counts them, not UTF-16 units. */
const width = (text: string): number => Array.from(text).length;
const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ');
