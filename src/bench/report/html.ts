/** Text that is HTML already. Only `html` makes it, so nothing unescaped can get into a page by accident. */
export class Html {
  constructor(readonly text: string) {}
}

/** What may stand in a template: text and numbers are escaped, false and null are left out, lists are joined. */
export type HtmlPart = Html | string | number | false | null | undefined | readonly HtmlPart[];

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Makes any text safe inside an element and inside a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character]!);
}

function textOf(part: HtmlPart): string {
  if (part instanceof Html) return part.text;
  if (part === false || part === null || part === undefined) return '';
  if (typeof part === 'object') return part.map(textOf).join('');
  return escapeHtml(String(part));
}

/** Template for HTML and SVG: everything that is put in is escaped, unless it came out of this function itself. */
export function html(strings: TemplateStringsArray, ...parts: HtmlPart[]): Html {
  let text = strings[0]!;
  for (const [k, part] of parts.entries()) text += textOf(part) + strings[k + 1]!;
  return new Html(text);
}

/** The start of every `data:` address of a picture; everything else would be a request to somewhere. */
const pictureData = /^data:image\/(png|jpeg|webp|gif);base64,[A-Za-z0-9+/=]*$/;

/**
 * An address for `src`.
 * @throws Error when it is not a picture that lies inside the address itself: a report asks nothing of the network.
 */
export function pictureAddress(address: string): string {
  if (!pictureData.test(address)) {
    throw new Error(`A picture of a report must be a data address (data:image/...;base64,...), not "${address.slice(0, 40)}".`);
  }
  return address;
}
