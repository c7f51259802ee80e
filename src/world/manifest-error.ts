import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

/** One sentence about one field: `World manifest URL: FIELD FOUND. ADVICE.` */
export function fieldError(url: string, field: string, found: string, advice: string): Error {
  return new Error(`World manifest ${url}: ${field} ${found}. ${advice}.`);
}

/** Turns the first complaint of the schema into a sentence that also says what was found. */
export function issueError(url: string, json: unknown, issue: Issue): Error {
  const field = fieldName(issue.path);
  const found = valueAt(json, issue.path);
  if (issue.code === 'unrecognized_keys') {
    const unknown = issue.keys.map((key) => `"${key}"`).join(', ');
    const where = issue.path.length === 0 ? 'the manifest' : field;
    const advice = 'Remove it or correct its name; docs/manifest.md lists them all';
    return fieldError(url, where, `has the unknown field ${unknown}`, advice);
  }
  if (issue.code === 'invalid_key') {
    const allowed = issue.issues[0]?.message ?? 'another name';
    return fieldError(url, field, 'has a name that cannot be used', `Use ${allowed}`);
  }
  const state = found === undefined ? 'is missing' : `is ${shortJson(found)}`;
  return fieldError(url, field, state, `It must be ${expectation(issue)}; see docs/manifest.md`);
}

const plainTypes: Record<string, string> = { record: 'object', tuple: 'array', int: 'whole number' };
const measures: Record<string, string> = { array: ' items long', string: ' characters long' };

function expectation(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return withArticle(plainTypes[issue.expected] ?? issue.expected);
    case 'invalid_value':
      return oneOf(issue.values);
    case 'too_small':
      return `at least ${issue.minimum}${measures[issue.origin] ?? ''}`;
    case 'too_big':
      return `at most ${issue.maximum}${measures[issue.origin] ?? ''}`;
    case 'invalid_union': {
      const options = 'options' in issue && Array.isArray(issue.options) ? issue.options : null;
      return options ? oneOf(options) : issue.message;
    }
    default:
      return issue.message;
  }
}

function oneOf(values: readonly unknown[]): string {
  const words = values.map((value) => JSON.stringify(value));
  return words.length === 1 ? words[0] : `one of ${words.join(', ')}`;
}

function withArticle(noun: string): string {
  return `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;
}

function fieldName(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'the manifest';
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    return text === '' ? String(key) : `${text}.${String(key)}`;
  }, '');
}

function valueAt(json: unknown, path: readonly PropertyKey[]): unknown {
  let value = json;
  for (const key of path) {
    if (value === null || typeof value !== 'object') return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}

function shortJson(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
