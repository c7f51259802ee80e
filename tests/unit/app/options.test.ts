import { expect, test } from 'vitest';
import { nextDebugView, paletteChoices, shownDebugViews, type ShownDebugView } from '../../../src/app/options';
import { debugViews } from '../../../src/reproject/debug-views';
import { palettes as paletteLabels } from '../../../src/app/ui/settings-choices';
import { paletteNames } from '../../../workers/layout/palettes';

test('G goes through every debug view for people, in the order of the shaders, and back to the picture', () => {
  const seen: ShownDebugView[] = ['none'];
  do seen.push(nextDebugView(seen.at(-1)!));
  while (seen.at(-1) !== 'none' && seen.length < 20);
  expect(seen).toEqual(['none', 'holes', 'layer', 'cuts', 'depth', 'age', 'none']);
  expect([...shownDebugViews, 'source']).toEqual(debugViews);
});

test('people can choose every palette that there is, by option and in the settings', () => {
  expect(paletteChoices).toEqual(['auto', ...paletteNames]);
  expect(paletteLabels.map(({ value }) => value)).toEqual(paletteChoices);
});
