import { Color, DirectionalLight, Group, HemisphereLight, Matrix4, Vector3 } from 'three';
import type { Pose } from '../math/types';

/** The parts of WebXR Lighting Estimation that are used, which the types of the package do not have. */
type LightEstimate = {
  /** Nine RGB coefficients of the light that arrives, order and basis of the specification. */
  readonly sphericalHarmonicsCoefficients: Float32Array;
  readonly primaryLightDirection: DOMPointReadOnly;
  readonly primaryLightIntensity: DOMPointReadOnly;
};
type LightProbe = { readonly probeSpace: XRSpace };
type LitSession = XRSession & { requestLightProbe?: () => Promise<LightProbe> };
type LitFrame = XRFrame & { getLightEstimate?: (probe: LightProbe) => LightEstimate | null };

/** Daylight under a light sky: what the shipped worlds look like. */
const defaultSky = new Color(0.86, 0.91, 1);
const defaultGround = new Color(0.42, 0.4, 0.36);
const defaultSun = new Color(1, 0.97, 0.9);
const defaultSkyIntensity = 2;
const defaultSunIntensity = 1.8;
const defaultTowardsSun = new Vector3(0.4, 1, 0.3);

/** From coefficients to the light on a surface: bands 0 and 1 (Ramamoorthi and Hanrahan, "An efficient representation for irradiance environment maps", 2001). */
const band0 = 0.886227;
const band1 = 1.023328;
/** In a dark room things stay just visible. */
const leastSky = 0.15;
/** Share of the way to a new estimate in one frame: estimates jump. */
const smoothing = 0.1;

const sky = new Color();
const ground = new Color();
const sun = new Color();
const towardsSun = new Vector3();
const worldFromProbe = new Matrix4();
const roomFromProbe = new Matrix4();

/**
 * Light for explicit things: that of the visitor's room where the headset estimates it (WebXR Lighting Estimation,
 * https://immersive-web.github.io/lighting-estimation/), else daylight. Put it into the scene once.
 */
export class ObjectLight extends Group {
  readonly sky = new HemisphereLight();
  readonly sun = new DirectionalLight();
  /** Whether it follows an estimate. */
  isEstimated = false;
  #probe: LightProbe | null = null;
  #session: XRSession | null = null;

  constructor() {
    super();
    this.name = 'object light';
    // The sun's target is the middle of the world; its direction is all that counts.
    this.add(this.sky, this.sun, this.sun.target);
    this.reset();
  }

  /** A session has begun. Resolves when it is known whether it estimates light; never rejects. */
  async begin(session: XRSession): Promise<void> {
    this.reset();
    this.#session = session;
    try {
      const probe = (await (session as LitSession).requestLightProbe?.()) ?? null;
      // Another session may have begun meanwhile.
      if (this.#session === session) this.#probe = probe;
    } catch {
      // Not granted, or not there: daylight.
    }
  }

  /**
   * Each display frame of a session.
   * @param space tracked room. @param worldFromRoom similarity; only its rotation counts
   */
  update(frame: XRFrame, space: XRReferenceSpace, worldFromRoom: Pose): void {
    const probe = this.#probe;
    const estimate = probe === null ? null : ((frame as LitFrame).getLightEstimate?.(probe) ?? null);
    if (probe === null || estimate === null) return;
    const pose = frame.getPose(probe.probeSpace, space);
    worldFromProbe.fromArray(worldFromRoom);
    if (pose) worldFromProbe.multiply(roomFromProbe.fromArray(pose.transform.matrix));
    const step = this.isEstimated ? smoothing : 1;
    this.isEstimated = true;
    const { sphericalHarmonicsCoefficients: c, primaryLightIntensity: i, primaryLightDirection: d } = estimate;
    // Up and down; the second coefficient is that of y, which turning the room does not change.
    sky.setRGB(upper(c, 0), upper(c, 1), upper(c, 2));
    ground.setRGB(lower(c, 0), lower(c, 1), lower(c, 2));
    this.sky.color.lerp(sky, step);
    this.sky.groundColor.lerp(ground, step);
    this.sky.intensity = 1;
    this.sun.color.lerp(sun.setRGB(i.x, i.y, i.z), step);
    this.sun.intensity = 1;
    towardsSun.set(d.x, d.y, d.z).transformDirection(worldFromProbe);
    this.sun.position.lerp(towardsSun, step);
  }

  /** The session has ended: daylight. */
  reset(): void {
    this.#probe = null;
    this.#session = null;
    this.isEstimated = false;
    this.sky.color.copy(defaultSky);
    this.sky.groundColor.copy(defaultGround);
    this.sky.intensity = defaultSkyIntensity;
    this.sun.color.copy(defaultSun);
    this.sun.intensity = defaultSunIntensity;
    this.sun.position.copy(defaultTowardsSun).normalize();
  }

  override dispose(): void {
    super.dispose();
    this.sky.dispose();
    this.sun.dispose();
  }
}

function upper(c: Float32Array, channel: number): number {
  return Math.max(leastSky, band0 * c[channel]! + band1 * c[3 + channel]!);
}

function lower(c: Float32Array, channel: number): number {
  return Math.max(leastSky, band0 * c[channel]! - band1 * c[3 + channel]!);
}
