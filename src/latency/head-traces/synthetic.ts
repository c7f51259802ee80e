import { createPose, poseFromYawPitch } from '../../math/pose';
import { createTrace, setSample, type HeadTrace } from './head-trace';
import { offsetIn, type HeadOffset } from './motions';

const deg = Math.PI / 180;
const eyeHeightM = 1.6;
/** Every motion is back where it began after so many seconds, so that a trace can be played again and again. */
const periodS = 8;
/** A nod of the whole upper body about the hips: 35 degrees ahead and back in two seconds. */
const leanDeg = 35;
const hipM = 0.95;
/** A metre a second along a circle that fits into a room, looking along the path. */
const circleM = 1 / ((2 * Math.PI) / periodS);
/** Walking heads bob twice and sway once a double step (Hirasaki et al. 1999: 2 Hz, some 2 cm at this speed). */
const bobM = 0.02;
const bobHz = 2;
const swayM = 0.015;

type Head = { x: number; y: number; z: number; yaw: number; pitch: number };

const offset: HeadOffset = { forward: 0, right: 0, yaw: 0 };

/** What a head does `t` seconds after it began; `out` comes as a head that stands still. */
const makers = {
  'sine-yaw': (t: number, out: Head) => {
    offsetIn('yaw', t, offset);
    out.yaw = offset.yaw;
  },
  lateral: (t: number, out: Head) => {
    offsetIn('lean', t, offset);
    out.x = offset.right;
  },
  'step-stop': (t: number, out: Head) => {
    // Half of the steps ahead, the other half back.
    const half = periodS / 2;
    offsetIn('steps', t % half, offset);
    const away = offset.forward;
    offsetIn('steps', half, offset);
    out.z = t % periodS < half ? -away : away - offset.forward;
  },
  lean: (t: number, out: Head) => {
    const pitch = leanDeg * deg * 0.5 * (1 - Math.cos(Math.PI * t));
    const reachM = eyeHeightM - hipM;
    out.y = hipM + reachM * Math.cos(pitch);
    out.z = -reachM * Math.sin(pitch);
    out.pitch = -pitch;
  },
  walk: (t: number, out: Head) => {
    const around = (2 * Math.PI * t) / periodS;
    const radiusM = circleM + swayM * Math.sin(Math.PI * bobHz * t);
    // Counter-clockwise from above, beginning at the place where the trace stands.
    out.x = radiusM * Math.cos(around) - circleM;
    out.z = -radiusM * Math.sin(around);
    out.y = eyeHeightM + bobM * Math.sin(2 * Math.PI * bobHz * t);
    out.yaw = around;
  },
  turn: (t: number, out: Head) => {
    // Half a turn in a second and a second of rest: left, and back again.
    const within = t % 4;
    offsetIn('turn', within < 2 ? within : within - 2, offset);
    out.yaw = within < 2 ? offset.yaw : Math.PI - offset.yaw;
  },
} as const;

export type SyntheticName = keyof typeof makers;
export const syntheticNames = Object.keys(makers) as SyntheticName[];

const titles: Readonly<Record<SyntheticName, string>> = {
  'sine-yaw': 'Shaking the head, 1 Hz, 30 degrees either way',
  lateral: 'Swaying sideways, 0.5 Hz, 10 cm either way',
  'step-stop': 'Steps of 25 cm with a rest after each',
  lean: 'Bending forward and back, 35 degrees',
  walk: 'Walking in a circle, 1 m/s, with bobbing',
  turn: 'Half a turn in a second, then rest',
};

/**
 * Motions of research chapter 3 without any noise: what they do is known exactly. No person has ever moved like that;
 * recorded traces are the better judge, and none is shipped.
 * @param seconds a multiple of 8 s plays again without a jump
 */
export function syntheticTrace(name: SyntheticName, rateHz = 90, seconds: number = periodS): HeadTrace {
  const samples = Math.round(seconds * rateHz) + 1;
  const trace = createTrace(samples, rateHz, titles[name], 'synthetic');
  const head: Head = { x: 0, y: 0, z: 0, yaw: 0, pitch: 0 };
  const pose = createPose();
  for (let k = 0; k < samples; k++) {
    Object.assign(head, { x: 0, y: eyeHeightM, z: 0, yaw: 0, pitch: 0 });
    makers[name](k / rateHz, head);
    setSample(trace, k, poseFromYawPitch([head.x, head.y, head.z], head.yaw, head.pitch, 0, pose));
  }
  return trace;
}
