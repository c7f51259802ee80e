import { closeSync, existsSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { UsageError } from './arguments';
import type { SuiteOutcome } from './report/bench-report';
import { genericPage } from './report/generic-page';
import { renderPage } from './report/page';

/**
 * Tries to open a file for writing, before minutes of work are lost; leaves it as it is.
 * @throws UsageError
 */
export function checkWritable(option: string, path: string | null): void {
  if (path === null) return;
  const existed = existsSync(path);
  try {
    closeSync(openSync(path, 'a'));
  } catch (error) {
    throw new UsageError(`${option} cannot write to "${path}": ${reasonOf(error)}.`);
  }
  if (!existed) rmSync(path);
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const known: Record<string, string> = {
    ENOENT: 'its folder does not exist',
    ENOTDIR: 'a part of its path is a file',
    EISDIR: 'it is a folder',
    EACCES: 'that is not allowed',
    EPERM: 'that is not allowed',
    EROFS: 'that disk is read-only',
  };
  return known[code] ?? (error instanceof Error ? error.message : String(error));
}

/** The report as `--json` writes it. JSON has no infinity and no NaN: they become null. */
export function jsonText({ report }: SuiteOutcome): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}

/** The report as `--html` writes it: the suite's own page, or its rows and summary as tables. */
export function htmlText({ report, page }: SuiteOutcome): string {
  return renderPage(page ?? genericPage(report), report.suite, report.machine);
}

/** Writes what was asked for. */
export function writeFiles(outcome: SuiteOutcome, files: { json: string | null; html: string | null }): void {
  if (files.json !== null) writeFileSync(files.json, jsonText(outcome));
  if (files.html !== null) writeFileSync(files.html, htmlText(outcome));
}
