import type { ReprojectionMode } from '../../reproject/modes';
import type { PresetChoice } from '../../reproject/presets';
import type { Options, PaletteChoice, Quality, ShownDebugView } from '../options';
import type { Choice } from './fields';

export const reprojections: readonly Choice<ReprojectionMode>[] = [
  { value: 'off', label: 'Off', explains: 'The last frame as it is: the world lags and swims behind your head.' },
  { value: 'rotation', label: 'Rotation', explains: 'Turned for your head: looking is steady, walking is not.' },
  { value: 'quad', label: 'Quad', explains: 'A flat picture two metres away that stays where it is.' },
  { value: 'mesh', label: 'Mesh', explains: 'Rebuilt in 3D from depth: steady for both, with parallax and stereo.' },
  { value: 'layers', label: 'Layers', explains: 'Mesh, and older frames behind it where the newest saw nothing.' },
];

export const edges: readonly Choice<Options['edges']>[] = [
  { value: 'hard', label: 'Hard', explains: 'Outlines as the mesh is cut.' },
  { value: 'soft', label: 'Soft', explains: 'Outlines fade within a pixel or two. Costs a headset some time.' },
];

export const qualities: readonly Choice<Quality>[] = [
  { value: 'auto', label: 'Auto' },
  { value: 'low', label: 'Low' },
  { value: 'medium', label: 'Medium' },
  { value: 'high', label: 'High' },
];

export const presets: readonly Choice<PresetChoice>[] = [
  { value: 'auto', label: 'Auto', explains: 'As many frames and triangles as this device can draw.' },
  { value: 'standalone', label: 'Headset', explains: 'For a headset by itself: two or three older frames, coarser.' },
  { value: 'tethered', label: 'With PC', explains: 'For a headset on a computer: five older frames, fine meshes.' },
  { value: 'desktop', label: 'Screen', explains: 'For a computer’s own screen: five older frames, fine meshes.' },
];

export const debugChoices: readonly Choice<ShownDebugView>[] = [
  { value: 'none', label: 'None', explains: 'The picture as it is. G shows the next view.' },
  { value: 'holes', label: 'Holes', explains: 'Not seen by the newest frame: yellow is older, red is guessed, blue is sky.' },
  { value: 'layer', label: 'Layer', explains: 'A tint for each older frame; red is guessed, blue is sky.' },
  { value: 'cuts', label: 'Cuts', explains: 'Pink where the depth jumps and the mesh is cut.' },
  { value: 'depth', label: 'Depth', explains: 'Near is bright, far is dark.' },
  { value: 'age', label: 'Age', explains: 'Green is fresh, red is two seconds old or more.' },
];

export const providers: readonly Choice<Options['provider']>[] = [
  { value: 'auto', label: 'Auto' },
  { value: 'webgpu', label: 'WebGPU' },
  { value: 'wasm', label: 'WASM' },
];

export const turns: readonly Choice<Options['turn']>[] = [
  { value: 'snap', label: 'Snap 30°' },
  { value: 'smooth', label: 'Smooth' },
];

export const palettes: readonly Choice<PaletteChoice>[] = [
  { value: 'auto', label: 'Auto', explains: 'As the seed has it.' },
  { value: 'sand', label: 'Sand', explains: 'Warm stone under a clear sky.' },
  { value: 'terracotta', label: 'Terracotta', explains: 'Red clay and pale trim.' },
  { value: 'violet-dusk', label: 'Violet dusk', explains: 'Purple walls under a low sun.' },
  { value: 'teal', label: 'Teal', explains: 'Cool green stone and white trim.' },
  { value: 'deep-blue', label: 'Deep blue', explains: 'Blue walls in a cold light.' },
  { value: 'rose', label: 'Rose', explains: 'Pink stone. The networks never saw these colours while they learnt.' },
];

export const hours: readonly Choice<Options['hour']>[] = [
  { value: 'auto', label: 'Auto', explains: 'As the colours have it.' },
  { value: 'day', label: 'Day', explains: 'The sun stands high.' },
  { value: 'dusk', label: 'Dusk', explains: 'A low, warm sun and long shadows.' },
];

export const handed: readonly Choice<Options['hand']>[] = [
  { value: 'right', label: 'Right' },
  { value: 'left', label: 'Left' },
];

export const toolChoiceList: readonly Choice<Options['tool']>[] = [
  { value: 'throw', label: 'Throw', explains: 'Makes a thing in the hand; let go while you swing.' },
  { value: 'move', label: 'Move', explains: 'Points at the ground; let go to stand there.' },
];

export const thingChoiceList: readonly Choice<Options['thing']>[] = [
  { value: 'ball', label: 'Ball' },
  { value: 'cube', label: 'Cube' },
];

export const arFormChoices: readonly Choice<Options['arForm']>[] = [
  { value: 'window', label: 'Window', explains: 'An opening in your wall: look through, walk through.' },
  { value: 'diorama', label: 'Diorama', explains: 'The world as a small model on your table.' },
  { value: 'overlay', label: 'Overlay', explains: 'What stands in the world stands in your room; no sky, no ground.' },
];

export const arCutChoices: readonly Choice<Options['arCut']>[] = [
  { value: 'disc', label: 'Disc' },
  { value: 'box', label: 'Box' },
];

export function vignetteWords(vignette: number): string {
  return vignette === 0 ? 'Off' : `${Math.round(vignette * 100)} %`;
}

export function walkWords(walkSpeed: number): string {
  return `${walkSpeed.toFixed(1)} m/s`;
}

export function seatedWords(seatedHeightM: number): string {
  return seatedHeightM === 0 ? 'Standing' : `+${Math.round(seatedHeightM * 100)} cm`;
}

export function scaleWords(arScale: number): string {
  return `1:${Math.round(arScale)}`;
}
