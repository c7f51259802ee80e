import { z } from 'zod';
import { buttonNames } from '../action/action';
import type { LayoutKind } from './contracts';
import { fieldError, issueError } from './manifest-error';

/** Version of the manifest format that this build reads. */
export const manifestSchemaId = 'reverie-world/1';

const name = z
  .string()
  // JavaScript moves whole-number keys to the front of an object, which would break "manifest order".
  .regex(/^(?!\d+$).{1,200}$/, 'a graph name that is not a whole number (rename it in the graph)');
const insidePackage = 'a file inside the package folder, such as "paint.onnx"';
const packageFile = z
  .string()
  .regex(/^(?!.*(^|\/)\.\.?(\/|$))[A-Za-z0-9_-][A-Za-z0-9_./-]*$/, insidePackage)
  .refine((file) => !file.includes('//') && !file.endsWith('/'), insidePackage);
const size = z.number().int().min(1).max(65536);
const side = z.number().int().min(8).max(2048);
const imageShape = z.tuple([z.literal(1), size, side, side]);
const vectorShape = z.tuple([z.literal(1), size]);
const colorAndDepth = ['red', 'green', 'blue', 'inverseDepth'] as const;

/** Every part may be normalised: what the network sees is `value * scale + offset`. */
const normalised = { scale: z.number().default(1), offset: z.number().default(0) };
const channelsOf = <T extends z.ZodType>(channel: T) => z.array(channel).min(1).max(64);

const mapChannels = [
  ...colorAndDepth,
  'normalRight',
  'normalUp',
  'normalBack',
  'sunVisibility',
  'jointAlong',
  'jointUp',
  'tileTone',
] as const;
// The list of classes belongs to workers/layout/classes.ts; the binder checks the word after "class:".
const classChannel = z.templateLiteral(['class:', z.string().min(1)]);

const imagePart = z.discriminatedUnion('source', [
  z.strictObject({
    source: z.literal('map-view'),
    channels: channelsOf(z.union([z.enum(mapChannels), classChannel], `${mapChannels.join(', ')} or class:<name>`)),
    ...normalised,
  }),
  z.strictObject({ source: z.literal('world-noise'), channels: z.number().int().min(1).max(3), ...normalised }),
  z.strictObject({
    source: z.literal('camera-rays'),
    channels: channelsOf(z.enum(['elevation', 'cosSun', 'right', 'up', 'back'])),
    ...normalised,
  }),
  z.strictObject({
    source: z.literal('memory'),
    channels: channelsOf(z.enum([...colorAndDepth, 'mask'])),
    ...normalised,
  }),
  z.strictObject({
    source: z.literal('history'),
    back: z.number().int().min(1).max(64),
    channels: channelsOf(z.enum(colorAndDepth)),
    ...normalised,
  }),
  z.strictObject({ source: z.literal('noise'), channels: size, ...normalised }),
  z.strictObject({ source: z.literal('constant'), values: z.array(z.number()).min(1), ...normalised }),
]);

/** Number fields of the action; the unit is in docs/manifest.md. */
export const actionFields = ['moveRight', 'moveUp', 'moveBack', 'turn', 'dt', ...buttonNames] as const;
export type ActionField = (typeof actionFields)[number];

/** How many colours a palette has; a package may ask for the first few. See workers/layout/classes.ts. */
const mostColors = 10;

const vectorPart = z.discriminatedUnion('source', [
  z.strictObject({ source: z.literal('action'), fields: z.array(z.enum(actionFields)).min(1), ...normalised }),
  z.strictObject({ source: z.literal('pose-delta'), ...normalised }),
  z.strictObject({ source: z.literal('sun-direction'), space: z.enum(['camera', 'world']), ...normalised }),
  z.strictObject({ source: z.literal('sun-color'), ...normalised }),
  z.strictObject({ source: z.literal('palette'), colors: z.number().int().min(1).max(mostColors).default(8), ...normalised }),
  z.strictObject({ source: z.literal('constant'), values: z.array(z.number()).min(1), ...normalised }),
  z.strictObject({ source: z.literal('noise'), size, ...normalised }),
]);

/** What to do with texels whose depth lies between the two sides of an edge; see `workers/mesh/snap-flying.ts`. */
const edges = z.enum(['keep', 'snap']).optional();
/** A 3x3 median for depth that is noisy from texel to texel (default none); see `workers/mesh/median-depth.ts`. */
const filter = z.enum(['none', 'median']).optional();
/** Whether distances keep their scale from frame to frame (default fixed); see `workers/mesh/align-depth.ts`. */
const scaleOverTime = z.enum(['fixed', 'wobbles']).optional();

const output = z.discriminatedUnion('meaning', [
  z.strictObject({
    meaning: z.literal('rgb'),
    shape: imageShape,
    range: z.tuple([z.number(), z.number()]).refine(([low, high]) => low < high, 'two rising numbers, such as [0, 1]'),
  }),
  z.strictObject({
    meaning: z.literal('inverse-depth'),
    shape: imageShape,
    scale: z.number().positive().default(1),
    skyBelow: z.number().min(0).default(0),
    edges,
    filter,
    scaleOverTime,
  }),
  z.strictObject({
    meaning: z.literal('depth'),
    shape: imageShape,
    scale: z.number().positive().default(1),
    skyBeyond: z.number().positive().optional(),
    edges,
    filter,
    scaleOverTime,
  }),
]);

const layoutKinds = ['courtyards', 'districts', 'imagined'] as const satisfies readonly LayoutKind[];

const graphFile = z.strictObject({
  file: packageFile,
  bytes: z.number().int().positive(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, '64 lower-case hexadecimal digits (sha256sum prints them)'),
});

const envelope = z.strictObject({
  schema: z.literal(manifestSchemaId),
  id: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'lower-case letters, digits and hyphens, such as "courtyards"'),
  name: z.string().min(1).max(80),
  description: z.string().min(1).max(400),
  version: z.string().regex(/^\d+\.\d+\.\d+/, 'a version such as "0.1.0"'),
  license: z.string().min(1),
  source: z.string().min(1),
  fidelity: z.enum(['full', 'abstract', 'hybrid']),
  camera: z.strictObject({ width: side, height: side, fovYDeg: z.number().min(10).max(170) }),
  rateHz: z.number().min(0.2).max(120),
  layout: z.strictObject({ kind: z.enum(layoutKinds) }).optional(),
  graphs: z.strictObject({
    step: graphFile,
    imaginePrefill: graphFile.optional(),
    imagineStep: graphFile.optional(),
  }),
  // The rank of the shape decides which sources there are, so the parts are checked after it.
  inputs: z.record(
    name,
    z.strictObject({
      shape: z.union([imageShape, vectorShape], '[1, channels, height, width] or [1, size]'),
      parts: z.array(z.unknown()).min(1),
    }),
  ),
  state: z.array(z.strictObject({ input: name, output: name, shape: z.array(size).min(1).max(6) })).default([]),
  outputs: z.record(name, output),
  selfCheck: z.strictObject({ file: packageFile, tolerance: z.number().positive().max(1) }).optional(),
});

export type ImagePart = z.infer<typeof imagePart>;
export type VectorPart = z.infer<typeof vectorPart>;
export type ImageInput = { kind: 'image'; shape: [1, number, number, number]; parts: ImagePart[] };
export type VectorInput = { kind: 'vector'; shape: [1, number]; parts: VectorPart[] };
export type ManifestOutput = z.infer<typeof output>;
export type GraphFile = z.infer<typeof graphFile>;
/** A checked manifest. Inputs and outputs are in file order; that is the order of the self-check file. */
export type Manifest = Omit<z.infer<typeof envelope>, 'inputs'> & { inputs: Record<string, ImageInput | VectorInput> };

/** How many channels (image) or numbers (vector) a part fills. */
export function partSize(part: ImagePart | VectorPart): number {
  if ('channels' in part) return typeof part.channels === 'number' ? part.channels : part.channels.length;
  if ('values' in part) return part.values.length;
  if ('fields' in part) return part.fields.length;
  if ('size' in part) return part.size;
  if ('colors' in part) return 3 * part.colors;
  return { 'pose-delta': 6, 'sun-direction': 3, 'sun-color': 3 }[part.source];
}

/** True when a part can only be filled with the semantic map and its light. */
export function partNeedsLayout(part: ImagePart | VectorPart): boolean {
  if (part.source === 'camera-rays') return part.channels.includes('cosSun');
  return ['map-view', 'world-noise', 'sun-direction', 'sun-color', 'palette'].includes(part.source);
}

/**
 * Checks a manifest against `reverie-world/1`: unknown fields are errors, and the parts must fit the shapes.
 * @param json the parsed JSON of manifest.json
 * @param url where it came from, for the sentence
 * @throws Error with one sentence that names the manifest, the field, what was found and what to do
 */
export function parseManifest(json: unknown, url: string): Manifest {
  const checked = envelope.safeParse(json);
  if (!checked.success) throw issueError(url, json, checked.error.issues[0]);
  const inputs: Manifest['inputs'] = {};
  for (const [inputName, input] of Object.entries(checked.data.inputs)) {
    const at = ['inputs', inputName, 'parts'];
    const schema: z.ZodType<ImagePart | VectorPart> = input.shape.length === 4 ? imagePart : vectorPart;
    const parts = input.parts.map((part, index) => {
      const result = schema.safeParse(part);
      if (result.success) return result.data;
      const issue = result.error.issues[0];
      throw issueError(url, json, { ...issue, path: [...at, index, ...issue.path] });
    });
    inputs[inputName] = (
      input.shape.length === 4
        ? { kind: 'image', shape: input.shape, parts }
        : { kind: 'vector', shape: input.shape, parts }
    ) as ImageInput | VectorInput;
  }
  const manifest: Manifest = { ...checked.data, inputs };
  checkGraphs(manifest, url);
  checkInputs(manifest, url);
  checkOutputs(manifest, url);
  return manifest;
}

/** A map is imagined by two graphs, and they imagine nothing else. */
function checkGraphs({ graphs, layout }: Manifest, url: string): void {
  const imagines = layout?.kind === 'imagined';
  for (const name of ['imaginePrefill', 'imagineStep'] as const) {
    if (imagines === (graphs[name] !== undefined)) continue;
    const field = `graphs.${name}`;
    if (imagines) throw fieldError(url, field, 'is missing, but the layout is imagined', 'Add the graph; docs/manifest.md says what it takes');
    throw fieldError(url, field, 'is there, but no layout is imagined', 'Remove it, or write "layout": {"kind": "imagined"}');
  }
}

function checkInputs(manifest: Manifest, url: string): void {
  if (Object.keys(manifest.inputs).length === 0) {
    throw fieldError(url, 'inputs', 'is empty', 'Bind every input of the graph');
  }
  for (const [inputName, input] of Object.entries(manifest.inputs)) {
    const field = `inputs.${inputName}`;
    const filled = input.parts.reduce((sum: number, part) => sum + partSize(part), 0);
    if (filled !== input.shape[1]) {
      const unit = input.kind === 'image' ? 'channels' : 'numbers';
      const found = `has ${input.shape[1]} ${unit} in its shape, but its parts fill ${filled}`;
      throw fieldError(url, field, found, 'Make the parts fit the shape');
    }
    if (input.kind === 'image') checkImageSize(manifest, url, field, input.shape);
    const unlaid = input.parts.findIndex(partNeedsLayout);
    if (unlaid >= 0 && !manifest.layout) {
      const { source } = input.parts[unlaid];
      const found = `reads "${source}", which needs the semantic map, but the manifest has no layout`;
      throw fieldError(url, `${field}.parts[${unlaid}]`, found, 'Add "layout": {"kind": "courtyards"}');
    }
  }
}

function checkOutputs(manifest: Manifest, url: string): void {
  const all = Object.entries(manifest.outputs);
  const rgb = all.filter(([, o]) => o.meaning === 'rgb');
  const depth = all.filter(([, o]) => o.meaning !== 'rgb');
  if (rgb.length !== 1) {
    throw fieldError(url, 'outputs', `has ${rgb.length} outputs that mean "rgb"`, 'Give exactly one');
  }
  if (depth.length > 1) {
    throw fieldError(url, 'outputs', `has ${depth.length} outputs that mean depth`, 'Give one at most');
  }
  for (const [outputName, o] of all) {
    checkImageSize(manifest, url, `outputs.${outputName}`, o.shape);
    const channels = o.meaning === 'rgb' ? 3 : 1;
    if (o.shape[1] !== channels) {
      const found = `means "${o.meaning}" but has ${o.shape[1]} channels`;
      throw fieldError(url, `outputs.${outputName}.shape`, found, `Give it ${channels}`);
    }
  }
  const inputNames = new Set(Object.keys(manifest.inputs));
  const outputNames = new Set(Object.keys(manifest.outputs));
  manifest.state.forEach((state, index) => {
    for (const [key, names] of [['input', inputNames], ['output', outputNames]] as const) {
      if (names.has(state[key])) {
        const found = `is "${state[key]}", which is bound already`;
        throw fieldError(url, `state[${index}].${key}`, found, 'Bind each graph name once');
      }
      names.add(state[key]);
    }
  });
  const usesDepth = Object.values(manifest.inputs).some((input) => input.parts.some(partNeedsDepth));
  if (usesDepth && depth.length === 0) {
    const found = 'read the depth of earlier frames, but no output means depth';
    throw fieldError(url, 'inputs', found, 'Add a depth output or drop those parts');
  }
}

function partNeedsDepth(part: ImagePart | VectorPart): boolean {
  return part.source === 'memory' || (part.source === 'history' && part.channels.includes('inverseDepth'));
}

function checkImageSize(manifest: Manifest, url: string, field: string, shape: readonly number[]): void {
  const { width, height } = manifest.camera;
  if (shape[2] === height && shape[3] === width) return;
  const found = `is ${shape[3]} wide and ${shape[2]} high, but the camera is ${width} by ${height}`;
  throw fieldError(url, `${field}.shape`, found, 'Shapes are [1, channels, height, width]; make both sizes the same');
}
