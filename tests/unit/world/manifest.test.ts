import { existsSync, readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseManifest, partSize } from '../../../src/world/manifest';
import { paletteColors } from '../../../workers/layout/classes';

const tinyText = readFileSync(new URL('../../fixtures/tiny-world/manifest.json', import.meta.url), 'utf8');
const url = 'https://example.org/tiny/manifest.json';
type Json = any; // oxlint-disable-line typescript/no-explicit-any -- tests break the shape on purpose

/** The complaint about a copy of the tiny manifest after `change`. */
function complaint(change: (manifest: Json) => void): string {
  const manifest = JSON.parse(tinyText) as Json;
  change(manifest);
  try {
    parseManifest(manifest, url);
  } catch (error) {
    return (error as Error).message;
  }
  return 'accepted';
}

describe('a manifest that is right', () => {
  test('keeps its inputs and outputs in file order and fills in defaults', () => {
    const manifest = parseManifest(JSON.parse(tinyText), url);
    expect(Object.keys(manifest.inputs)).toEqual(['image', 'style']);
    expect(Object.keys(manifest.outputs)).toEqual(['rgb', 'inverseDepth']);
    expect(manifest.outputs['inverseDepth']).toMatchObject({ scale: 1, skyBelow: 0.004 });
    expect(manifest.inputs['image'].kind).toBe('image');
    expect(manifest.inputs['style'].kind).toBe('vector');
  });

  test('may ask for care of its depth', () => {
    const json = JSON.parse(tinyText) as Json;
    Object.assign(json.outputs.inverseDepth, { filter: 'median', scaleOverTime: 'wobbles' });
    expect(parseManifest(json, url).outputs['inverseDepth']).toMatchObject({ filter: 'median', scaleOverTime: 'wobbles' });
    json.outputs.inverseDepth = { meaning: 'depth', shape: [1, 1, 16, 16], filter: 'median' };
    expect(parseManifest(json, url).outputs['inverseDepth']).toMatchObject({ filter: 'median' });
  });

  test('may leave out layout, state and self-check when nothing reads them', () => {
    const said = complaint((m) => {
      delete m.layout;
      delete m.state;
      delete m.selfCheck;
      m.inputs = { past: { shape: [1, 6, 16, 16], parts: [1, 2].map((back) => ({ source: 'history', back, channels: ['red', 'green', 'blue'], scale: 2, offset: -1 })) } };
    });
    expect(said).toBe('accepted');
  });

  test('may have a map of any kind, and the graphs that imagine with the imagined one', () => {
    const json = JSON.parse(tinyText) as Json;
    json.layout.kind = 'districts';
    expect(parseManifest(json, url).layout).toEqual({ kind: 'districts' });
    json.layout.kind = 'imagined';
    json.graphs.imaginePrefill = { ...json.graphs.step, file: 'imagine/prefill.onnx' };
    json.graphs.imagineStep = { ...json.graphs.step, file: 'imagine/step.onnx' };
    expect(parseManifest(json, url).graphs.imagineStep?.file).toBe('imagine/step.onnx');
  });

  const shippedFolder = new URL('../../../models/courtyards/', import.meta.url);
  const shipped = () => parseManifest(JSON.parse(readFileSync(new URL('manifest.json', shippedFolder), 'utf8')), url);

  test('of the shipped painter is accepted', () => {
    expect(shipped()).toMatchObject({ id: 'courtyards', layout: { kind: 'imagined' } });
  });

  test.skipIf(!existsSync(new URL('paint.onnx', shippedFolder)))('of the shipped painter describes its graph', () => {
    const { step } = shipped().graphs;
    const bytes = readFileSync(new URL(step.file, shippedFolder));
    expect(bytes.length).toBe(step.bytes);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(step.sha256);
  });

  test('may be the worked example of the documentation', () => {
    const text = readFileSync(new URL('../../../docs/manifest.md', import.meta.url), 'utf8');
    const example = /```json\n([\s\S]*?)```/.exec(text)?.[1] ?? '';
    expect(parseManifest(JSON.parse(example), url).id).toBe('corridor');
  });

  test('counts the palette as the map does', () => {
    const all = { source: 'palette', colors: paletteColors.length, scale: 1, offset: 0 } as const;
    expect(partSize(all)).toBe(3 * paletteColors.length);
    expect(complaint((m) => m.inputs.style.parts.push({ ...all, colors: 11 }))).toContain('colors is 11');
  });
});

describe('a manifest that is wrong is refused with one sentence', () => {
  const cases: [name: string, change: (m: Json) => void, sentence: string][] = [
    ['an unknown field', (m) => (m.colour = 1), 'the manifest has the unknown field "colour". Remove it or correct its name; docs/manifest.md lists them all.'],
    ['an unknown field deep inside', (m) => (m.camera.fov = 1), 'camera has the unknown field "fov". Remove it or correct its name; docs/manifest.md lists them all.'],
    ['a missing field', (m) => delete m.camera.fovYDeg, 'camera.fovYDeg is missing. It must be a number; see docs/manifest.md.'],
    ['another schema', (m) => (m.schema = 'reverie-world/2'), 'schema is "reverie-world/2". It must be "reverie-world/1"; see docs/manifest.md.'],
    ['a wrong type', (m) => (m.name = 7), 'name is 7. It must be a string; see docs/manifest.md.'],
    ['a rate too high', (m) => (m.rateHz = 1000), 'rateHz is 1000. It must be at most 120; see docs/manifest.md.'],
    ['an unknown source', (m) => (m.inputs.image.parts[1].source = 'magic'), 'inputs.image.parts[1].source is "magic". It must be one of "map-view", "world-noise", "camera-rays", "memory", "history", "noise", "constant"; see docs/manifest.md.'],
    ['a vector source in an image', (m) => (m.inputs.image.parts[1] = { source: 'palette' }), 'inputs.image.parts[1].source is "palette". It must be one of "map-view", "world-noise", "camera-rays", "memory", "history", "noise", "constant"; see docs/manifest.md.'],
    ['an unknown channel', (m) => (m.inputs.image.parts[0].channels[1] = 'gren'), 'inputs.image.parts[0].channels[1] is "gren". It must be red, green, blue, inverseDepth, normalRight, normalUp, normalBack, sunVisibility, jointAlong, jointUp, tileTone or class:<name>; see docs/manifest.md.'],
    ['an unknown action field', (m) => (m.inputs.style.parts[1].fields[0] = 'jump'), 'inputs.style.parts[1].fields[0] is "jump". It must be one of "moveRight"'],
    ['parts that do not fill the shape', (m) => m.inputs.image.parts[0].channels.pop(), 'inputs.image has 15 channels in its shape, but its parts fill 14. Make the parts fit the shape.'],
    ['a vector that overflows', (m) => m.inputs.style.parts.push({ source: 'palette' }), 'inputs.style has 18 numbers in its shape, but its parts fill 42. Make the parts fit the shape.'],
    ['an input of another size', (m) => (m.inputs.image.shape[3] = 32), 'inputs.image.shape is 32 wide and 16 high, but the camera is 16 by 16. Shapes are [1, channels, height, width]; make both sizes the same.'],
    ['an output of another size', (m) => (m.outputs.rgb.shape[2] = 8), 'outputs.rgb.shape is 16 wide and 8 high, but the camera is 16 by 16. Shapes are [1, channels, height, width]; make both sizes the same.'],
    ['a shape of rank 3', (m) => (m.inputs.style.shape = [1, 2, 9]), 'inputs.style.shape is [1,2,9]. It must be [1, channels, height, width] or [1, size]; see docs/manifest.md.'],
    ['two pictures', (m) => (m.outputs.second = m.outputs.rgb), 'outputs has 2 outputs that mean "rgb". Give exactly one.'],
    ['no picture', (m) => delete m.outputs.rgb, 'outputs has 0 outputs that mean "rgb". Give exactly one.'],
    ['two depths', (m) => (m.outputs.far = { meaning: 'depth', shape: [1, 1, 16, 16] }), 'outputs has 2 outputs that mean depth. Give one at most.'],
    ['an unknown depth filter', (m) => (m.outputs.inverseDepth.filter = 'mean'), 'outputs.inverseDepth.filter is "mean". It must be one of "none", "median"; see docs/manifest.md.'],
    ['an unknown word for the scale over time', (m) => (m.outputs.inverseDepth.scaleOverTime = 'free'), 'outputs.inverseDepth.scaleOverTime is "free". It must be one of "fixed", "wobbles"; see docs/manifest.md.'],
    ['a filter for colour', (m) => (m.outputs.rgb.filter = 'median'), 'outputs.rgb has the unknown field "filter". Remove it or correct its name; docs/manifest.md lists them all.'],
    ['a range that falls', (m) => (m.outputs.rgb.range = [1, 0]), 'outputs.rgb.range is [1,0]. It must be two rising numbers, such as [0, 1]; see docs/manifest.md.'],
    ['a map without layout', (m) => delete m.layout, 'inputs.image.parts[0] reads "map-view", which needs the semantic map, but the manifest has no layout. Add "layout": {"kind": "courtyards"}.'],
    ['a name bound twice', (m) => (m.state[0].input = 'style'), 'state[0].input is "style", which is bound already. Bind each graph name once.'],
    ['a whole-number name', (m) => (m.outputs['42'] = m.outputs.rgb), 'outputs.42 has a name that cannot be used. Use a graph name that is not a whole number (rename it in the graph).'],
    ['memory without depth', (m) => delete m.outputs.inverseDepth, 'inputs read the depth of earlier frames, but no output means depth. Add a depth output or drop those parts.'],
    ['an unknown kind of map', (m) => (m.layout.kind = 'caves'), 'layout.kind is "caves". It must be one of "courtyards", "districts", "imagined"; see docs/manifest.md.'],
    ['an imagined map without graphs', (m) => (m.layout.kind = 'imagined'), 'graphs.imaginePrefill is missing, but the layout is imagined. Add the graph; docs/manifest.md says what it takes.'],
    [
      'half of the graphs of an imagined map',
      (m) => {
        m.layout.kind = 'imagined';
        m.graphs.imaginePrefill = m.graphs.step;
      },
      'graphs.imagineStep is missing, but the layout is imagined. Add the graph; docs/manifest.md says what it takes.',
    ],
    ['a graph that imagines for another map', (m) => (m.graphs.imagineStep = m.graphs.step), 'graphs.imagineStep is there, but no layout is imagined. Remove it, or write "layout": {"kind": "imagined"}.'],
    ['a hash in capitals', (m) => (m.graphs.step.sha256 = 'A'.repeat(64)), `graphs.step.sha256 is "${'A'.repeat(56)}.... It must be 64 lower-case hexadecimal digits (sha256sum prints them); see docs/manifest.md.`],
  ];
  test.each(cases)('%s', (_, change, sentence) => {
    const said = complaint(change);
    expect(said.startsWith(`World manifest ${url}: ${sentence}`) ? sentence : said).toBe(sentence);
  });

  test('when it is no object at all', () => {
    expect(() => parseManifest([], url)).toThrow('the manifest is []. It must be an object');
    expect(() => parseManifest(null, url)).toThrow('the manifest is null. It must be an object');
  });

  test.each(['../paint.onnx', 'a/../../b.onnx', '/etc/passwd', 'https://x.org/a.onnx', '//x.org/a', 'data:x', '.', '..', 'a//b', 'a/', 'a\\b', '', 'a?b', '%2e%2e/a'])(
    'when a file leaves the package: %j',
    (file) => {
      expect(complaint((m) => (m.graphs.step.file = file))).toMatch(/graphs\.step\.file is .*It must be a file inside the package folder/);
      expect(complaint((m) => (m.selfCheck.file = file))).toMatch(/selfCheck\.file is .*It must be a file inside the package folder/);
    },
  );

  test('never with anything but an Error of one line, whatever is in its place', () => {
    const places = ['schema', 'id', 'camera', 'layout', 'graphs', 'inputs', 'state', 'outputs', 'selfCheck'];
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.jsonValue(), (place, value) => {
        const said = complaint((m) => (m[place] = value));
        return said === 'accepted' || (/^World manifest .*\.$/.test(said) && said.length < 700);
      }),
    );
  });

  test('unless a file name stays inside: no accepted name resolves outside the folder', () => {
    const folder = 'https://example.org/tiny/';
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('.', '/', 'a', '-', ':', '\\', '%', '2', 'e') }), (file) => {
        const accepted = complaint((m) => (m.graphs.step.file = file)) === 'accepted';
        return !accepted || new URL(file, url).href.startsWith(folder);
      }),
      { numRuns: 500 },
    );
  });
});
