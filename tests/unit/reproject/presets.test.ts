import { describe, expect, it } from 'vitest';
import { costOf, presetChoices, presetFor, type PresetDevice } from '../../../src/reproject/presets';

const quest2: PresetDevice = { standalone: true, strong: false, presenting: true };
const quest3: PresetDevice = { standalone: true, strong: true, presenting: true };
const tethered: PresetDevice = { standalone: false, strong: true, presenting: true };
const page: PresetDevice = { standalone: false, strong: true, presenting: false };
const devices = [quest2, quest3, tethered, page];

/** Research, chapter 2.6: triangles and draws of both eyes a display frame, bytes a model frame. */
const rows = [
  { name: 'standalone', device: quest2, triangles: 0.295e6, draws: 10, uploadBytes: 1.4e6 },
  { name: 'standalone', device: quest3, triangles: 0.76e6, draws: 12, uploadBytes: 2.6e6 },
  { name: 'tethered', device: tethered, triangles: 2.6e6, draws: 16, uploadBytes: 12e6 },
  { name: 'desktop', device: page, triangles: 2.6e6, draws: 16, uploadBytes: 12e6 },
] as const;

describe('presets', () => {
  it.each(rows)('$name stays inside its row of the research', ({ name, device, triangles, draws, uploadBytes }) => {
    const preset = presetFor('auto', device);
    expect(preset.name).toBe(name);
    expect(preset.triangles).toBeLessThanOrEqual(triangles);
    expect(preset.draws).toBeLessThanOrEqual(draws);
    // Its background shares one uncut index; ours is cut and brings its own: more by a little, where most is guessed.
    expect(preset.uploadBytes).toBeLessThanOrEqual(uploadBytes * 1.06);
  });

  it('use most of their row: a budget that draws far less would waste the device', () => {
    for (const { device, triangles } of rows) {
      expect(presetFor('auto', device).triangles).toBeGreaterThan(0.9 * triangles);
    }
  });

  it('can be chosen against the device', () => {
    expect(presetFor('auto', page, 'standalone').budget).toEqual(presetFor('auto', quest3).budget);
    expect(presetFor('auto', quest2, 'desktop').budget).toEqual(presetFor('auto', page).budget);
    const chosen = presetChoices.filter((choice) => choice !== 'auto');
    expect(chosen.map((choice) => presetFor('auto', quest2, choice).name)).toEqual(chosen);
  });

  it('draw one older frame fewer at low quality and one more at high, never more than five, and nothing else changes', () => {
    for (const device of devices) {
      const { olderFrames, ...rest } = presetFor('medium', device).budget;
      const low = presetFor('low', device).budget;
      const high = presetFor('high', device).budget;
      expect(low).toEqual({ ...rest, olderFrames: olderFrames - 1 });
      expect(high).toEqual({ ...rest, olderFrames: Math.min(5, olderFrames + 1) });
      expect(presetFor('auto', device).budget).toEqual({ ...rest, olderFrames });
    }
  });

  it('take an unknown quality for the usual one', () => {
    expect(presetFor('toString', page)).toEqual(presetFor('auto', page));
  });

  it('count what is drawn and sent', () => {
    const budget = { newestSide: 10, olderFrames: 2, olderSide: 5, backgroundSide: 0 };
    const cost = costOf(budget);
    expect(cost.triangles).toBe(2 * 2 * (100 + 50));
    // Newest, two older and the sky, for both eyes.
    expect(cost.draws).toBe(8);
    const sky = 128 * 64 * 4;
    const newest = 100 * (4 + 24) + 11 * 11 * 8;
    expect(cost.uploadBytes - sky).toBeGreaterThanOrEqual(newest);
    expect(cost.uploadBytes - sky).toBeLessThan(newest * 1.02);
    expect(costOf({ ...budget, backgroundSide: 4 }).draws).toBe(10);
  });
});
