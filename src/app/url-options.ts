import { defaultOptions, type Options } from './options';
import { isOptionName, optionChecks, optionNames, showValue, validateOptions } from './validate-options';

/** What a URL asks for, and one sentence for everything in it that was ignored. */
export type UrlOptions = { options: Partial<Options>; problems: string[] };

/**
 * Reads options from a URL's query (`location.search`, with or without the question mark). Never throws: a bad value
 * is ignored and named in a sentence. Parameters in `alsoKnown` belong to somebody else and are passed over in silence.
 */
export function parseUrlOptions(search: string, alsoKnown: readonly string[] = []): UrlOptions {
  const options: Record<string, unknown> = {};
  const problems: string[] = [];
  const seen = new Set<string>();
  for (const [name, text] of new URLSearchParams(search)) {
    if (alsoKnown.includes(name)) continue;
    if (!isOptionName(name)) {
      problems.push(unknownParameter(name));
      continue;
    }
    if (seen.has(name)) {
      problems.push(`The address gives ${name} more than once; only the first was used, ${showValue(text)} was ignored.`);
      continue;
    }
    seen.add(name);
    const value = optionChecks[name].fromText(text);
    if (optionChecks[name].accepts(value)) options[name] = typeof value === 'number' ? value + 0 : value;
    else problems.push(`${name} in the address must be ${optionChecks[name].allowed}, not ${showValue(text)}; it was ignored.`);
  }
  return { options: options as Partial<Options>, problems };
}

function unknownParameter(name: string): string {
  const meant = optionNames.find((option) => option.toLowerCase() === name.toLowerCase());
  const advice = meant ? `write it ${meant}` : `the options are ${optionNames.join(', ')}`;
  return `The address has an option ${showValue(name)} that does not exist and was ignored; ${advice}.`;
}

/**
 * The query that gives these options back through {@link parseUrlOptions}: '' when all are defaults, else '?…'.
 * @throws {RangeError} When a value is not allowed.
 */
export function toUrlSearch(options: Partial<Options>): string {
  const checked = validateOptions(options);
  const parameters = new URLSearchParams();
  for (const name of optionNames) {
    const value = checked[name];
    if (value !== undefined && value !== defaultOptions[name]) parameters.set(name, String(value));
  }
  const query = parameters.toString();
  return query === '' ? '' : `?${query}`;
}
