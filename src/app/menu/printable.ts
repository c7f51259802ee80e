/** What looks alike among the characters that the menu's font can draw. */
const alike: Readonly<Record<string, string>> = {
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
  '…': '...',
  '–': '-',
  '—': '-',
  '−': '-',
  '×': 'x',
  '·': '-',
  '\u00a0': ' ',
};

/** Everything that the menu's font (Inter of @pmndrs/msdfonts) can draw. */
const drawable = /[ -~§°ÄÖÜßäöü]/u;

/**
 * The text with only characters that the menu can draw: names of worlds come from anywhere. Accents fall away, the rest
 * becomes a question mark; where that would leave little to read, `instead` is shown.
 */
export function printable(text: string, instead = ''): string {
  let out = '';
  let lost = 0;
  let count = 0;
  for (const character of text.normalize('NFC')) {
    count++;
    const plain = drawable.test(character) ? character : (alike[character] ?? character.normalize('NFKD').replace(/[^ -~]/gu, ''));
    if (plain === '') lost++;
    out += plain === '' ? '?' : plain;
  }
  return instead !== '' && 2 * lost > count ? instead : out;
}
