import { Group, type Scene, type WebGLRenderer } from 'three';
import type { Action } from '../action/action';
import type { ActionWriter } from '../action/mailbox';
import { Contention } from '../latency/contention';
import { DisplayMeter } from '../latency/display-meter';
import { expectedDisplayMs, isBelievable } from '../latency/display-time';
import type { HeadPoseSource } from '../latency/head-traces/player';
import { LatencyRecorder } from '../latency/latency-recorder';
import { MismatchMeter } from '../latency/mismatch-meter';
import { ModelMeter } from '../latency/model-meter';
import type { SpanLog } from '../latency/span-log';
import { stalenessOf, usualIntervalMs } from '../latency/staleness';
import { Trace } from '../latency/trace';
import { createPose } from '../math/pose';
import type { Pose } from '../math/types';
import { GpuTimer } from '../reproject/gpu-timer';
import { followsMove } from '../reproject/modes';
import { Vignette } from '../reproject/vignette';
import { WorldView } from '../reproject/world-view';
import type { CollisionMesh, WorldFrame } from '../world/contracts';
import { nextVignette } from '../xr/comfort';
import { createControls, readDevices, type InputDevice } from '../xr/controls';
import { createHands } from '../xr/hand-state';
import type { Collider } from '../xr/locomotion';
import { pageEyeHeightM } from '../xr/rig';
import type { RoomPlacement } from '../xr/room';
import type { DisplayFrame } from './display-frame';
import type { Options } from './options';
import { pixelsPerDegree } from './pixels-per-degree';
import { VisitActions } from './visit-actions';
import { VisitBody } from './visit-body';

/** Time from the end of a model step to light, as far as the page can know it before it happens, ms. */
const showMs = 16;

/**
 * One person's visit: devices move the rig at display rate, every display frame becomes an action for the worker, and
 * the newest dreamed frame is drawn from the newest pose. Nothing here waits for the model, and nothing allocates.
 */
export class Visit {
  readonly view: WorldView;
  readonly vignette = new Vignette();
  /** Filled at the begin of each display frame of a session. */
  readonly hands = createHands();
  readonly root = new Group();
  readonly body = new VisitBody();
  readonly worldFromRig = this.body.worldFromRig;
  readonly worldFromHead = this.body.worldFromHead;
  /** Where the model paints from. */
  readonly worldFromPainter = this.body.worldFromPainter;
  /** The tracked room in the world: what the headset's own poses are multiplied by. Has a scale in AR. */
  readonly worldFromRoom = this.body.worldFromRoom;
  readonly display = new DisplayMeter();
  readonly model = new ModelMeter();
  readonly trace = new Trace();
  readonly latency = new LatencyRecorder();
  /** Everything the recorder wrote down; always on. */
  readonly spans: SpanLog = this.latency.log;
  /** Phases with the model and without it, fed by whoever runs them. */
  readonly contention = new Contention();
  readonly mismatch = new MismatchMeter();
  readonly gpu = new GpuTimer();
  /** Takes the place of the tracked head. In a headset eyes still see from their own pose; only the model follows this. */
  headTrace: HeadPoseSource | null = null;
  /** Whether the world's frames have depth: without it, no mode follows the head's position. */
  hasDepth = true;
  /** In the middle of the picture; NaN before the first display frame. */
  pixelsPerDeg = Number.NaN;
  /** A headset gives the poses, and says for when it has predicted them. */
  headsetPredicts = false;
  /** Asked at the begin of each frame, so that a device can appear at any time. */
  readonly devices: InputDevice[] = [];
  /** What the governor allows: a picture that stands for longer because of it is not stale. */
  modelHzCap = Number.POSITIVE_INFINITY;
  collider: Collider | null = null;
  /** Refresh rate that the headset reports, Hz; null where only the frames tell. */
  nominalHz: number | null = null;
  /** Of the last display frame, both eyes together; `uploadBytes`: of the last one that took a frame in. */
  readonly draw = { triangles: 0, draws: 0, uploadBytes: 0 };
  /** Surfaces of the newest frame came, for bodies to bounce off. */
  onSurfaces: (surfaces: CollisionMesh) => void = () => {};
  /** Called once when the first dreamed frame is on the screen. */
  onFirstFrame: () => void = () => {};

  /** 0 while new frames come … 1: the picture has stood for too long, and is shown without its colour. */
  staleness = 0;

  readonly controls = createControls();
  private readonly acts = new VisitActions(this.controls, this.worldFromRoom, this.worldFromPainter, this.latency.tracker.actions);
  readonly action: Action = this.acts.action;
  private readonly tracedHead = createPose();
  private wasTraced = false;
  private vignetteStrength = 0;
  private shown = 0;
  /** The first action since the person was put somewhere; frames of older ones are not shown. */
  private firstAction = 0;
  private receivedMs = 0;
  private shownMs = Number.NaN;
  private lastDrawMs = Number.NaN;
  private periodMs = 16;
  private begunMs = Number.NaN;

  constructor(
    private readonly options: () => Options,
    release: (buffers: readonly ArrayBuffer[]) => void,
  ) {
    this.view = new WorldView(release);
    this.root.add(this.view);
  }

  /** Where actions go; null without a worker. */
  set actions(writer: ActionWriter | null) {
    this.acts.writer = writer;
  }

  /** A frame came from the worker. */
  receive(frame: WorldFrame): void {
    if (frame.actionId < this.firstAction) {
      // Painted for where the person stood before a jump: it would hang in the wrong place for one frame.
      this.view.queueOlder(frame);
      return;
    }
    this.receivedMs = performance.now();
    this.model.frame(frame.times, this.receivedMs);
    this.latency.tracker.received(frame.id, this.receivedMs);
    this.mismatch.frame(frame.poseMismatch);
    if (frame.collision) this.onSurfaces(frame.collision);
    this.view.queue(frame);
  }

  /** Stands the person at a place; the worker's start, or where the visit began. */
  stand(at: Pose, roomFromHead: Pose | null): void {
    this.place(at, roomFromHead, at[13]! - pageEyeHeightM);
    this.firstAction = this.action.id + 1;
    this.latency.tracker.forgetInputsBefore(this.firstAction);
  }

  /** From the page into a headset, or back: place, direction and floor stay, the eye height is the new head's. */
  changeHead(roomFromHead: Pose | null): void {
    this.place(this.body.standing(), roomFromHead, this.body.locomotion.rig.y);
  }

  /** Puts the tracked room elsewhere into the rig (AR); null: its floor is the rig's floor. Whoever stood stays there. */
  setRoom(room: RoomPlacement | null, roomFromHead: Pose | null): void {
    const standing = this.body.standing();
    this.body.room = room;
    this.place(standing, roomFromHead, this.body.locomotion.rig.y);
  }

  /** Stands the person's feet elsewhere in the same world. Frames painted before are right from there too, and stay. */
  teleport(x: number, y: number, z: number): void {
    this.body.teleport(x, y, z);
    this.forgetMotion();
  }

  /** Where the visitor counts as standing, a new pose: the head, or in AR the window or the model. */
  standing(): Pose {
    return this.body.standing();
  }

  private place(at: Pose, roomFromHead: Pose | null, floorY: number): void {
    this.body.place(at, roomFromHead, floorY);
    this.forgetMotion();
  }

  private forgetMotion(): void {
    this.acts.forgetMotion();
    this.latency.jumped();
  }

  /** Before the render of a display frame: move, act, and put the newest picture in place. */
  update(frame: DisplayFrame, renderer: WebGLRenderer): void {
    const options = this.options();
    if (this.nominalHz !== frame.nominalHz) this.latency.resetDisplay();
    this.nominalHz = frame.nominalHz;
    this.display.frame(frame.refreshMs);
    const periodMs = this.display.periodMs(frame.nominalHz);
    this.periodMs = periodMs > 0 ? periodMs : Math.min(50, Math.max(4, frame.atMs - this.lastDrawMs)) || 16;
    this.lastDrawMs = frame.atMs;
    this.latency.begin(frame.atMs, frame.predictedDisplayMs, this.periodMs, frame.refreshMs);
    readDevices(this.devices, this.controls, frame.dtS);
    const tracked = this.trackedHead(frame);
    this.body.update(this.controls, tracked, frame.dtS, options, this.collider);
    const isOfHeadset = tracked !== null && !this.wasTraced;
    this.latency.head(this.worldFromPainter, isOfHeadset);
    this.headsetPredicts = isOfHeadset && isBelievable(frame.predictedDisplayMs, frame.atMs);
    this.acts.act(frame, options, this.model.typicalDelayMs + showMs);
    this.view.setHead(this.worldFromHead);
    this.showNewest(frame, renderer);
    const intervalMs = usualIntervalMs(this.model.typicalIntervalMs, Math.min(options.modelHz, this.modelHzCap));
    this.staleness = stalenessOf(frame.atMs - this.shownMs, intervalMs);
    this.view.setStaleness(this.staleness);
    this.vignetteStrength = frame.roomFromHead && !this.body.room
      ? nextVignette(
          this.vignetteStrength,
          this.body.locomotion.speedMps,
          this.body.locomotion.turnRadPerS,
          options.vignette,
          frame.dtS,
        )
      : 0;
    this.vignette.setStrength(this.vignetteStrength);
    this.begunMs = frame.atMs;
    this.pixelsPerDeg = pixelsPerDegree(renderer);
    this.gpu.begin(renderer.getContext() as WebGL2RenderingContext, this.latency.row);
  }

  /** After the render of a display frame: everything the main thread did for it is done. @param draw what it drew */
  rendered(draw: { triangles: number; calls: number }): void {
    this.draw.triangles = draw.triangles;
    this.draw.draws = draw.calls;
    if (this.view.uploadedBytes > 0) this.draw.uploadBytes = this.view.uploadedBytes;
    this.gpu.end();
    this.gpu.poll(this.noteGpu);
    if (Number.isNaN(this.begunMs)) return;
    const nowMs = performance.now();
    this.latency.end(nowMs);
    this.display.worked(nowMs - this.begunMs);
    this.begunMs = Number.NaN;
  }

  /** How long the picture has stood, ms; null while new frames come as they should. */
  get standsForMs(): number | null {
    return this.staleness > 0 ? performance.now() - this.shownMs : null;
  }

  get speedMps(): number {
    return this.body.locomotion.speedMps;
  }

  /** Whether a button is pressed in this display frame. @param button index into `buttonNames` */
  isPressed(button: number): boolean {
    return this.controls.buttons[button]! > 0.5;
  }

  addTo(scene: Scene): void {
    scene.add(this.root, this.vignette);
  }

  private readonly noteGpu = (row: number, ms: number): void => this.spans.display.set(row, 'gpuMs', ms);

  /** Null on the page, where the rig's own pitch is the head. Going over to a trace and back keeps place and direction. */
  private trackedHead(frame: DisplayFrame): Pose | null {
    const isTraced = this.headTrace?.poseAt(frame.atMs, this.tracedHead) ?? false;
    const tracked = isTraced ? this.tracedHead : frame.roomFromHead;
    if (isTraced !== this.wasTraced) {
      this.wasTraced = isTraced;
      this.changeHead(tracked);
    }
    return tracked;
  }

  private showNewest(frame: DisplayFrame, renderer: WebGLRenderer): void {
    const { view, latency } = this;
    const flushBegunMs = performance.now();
    const isNew = view.flush(frame.atMs, renderer);
    const drawn = view.lastDrawn;
    const uploadedMs = performance.now();
    if (view.uploadedBytes > 0) latency.uploadedBytes(view.uploadedBytes, uploadedMs - flushBegunMs);
    if (isNew && drawn) latency.uploaded(drawn, uploadedMs, uploadedMs - flushBegunMs);
    latency.shows(drawn, isNew, this.worldFromPainter, view.mode !== 'off', this.hasDepth && followsMove(view.mode));
    if (!isNew) return;
    this.shownMs = frame.atMs;
    if (!drawn) return;
    if (this.shown++ === 0) this.onFirstFrame();
    if (!this.options().trace) return;
    this.trace.add({
      ...drawn.times,
      frameId: drawn.id,
      actionId: drawn.actionId,
      receivedMs: this.receivedMs,
      drawnMs: frame.atMs,
      expectedDisplayMs: expectedDisplayMs(frame.predictedDisplayMs, frame.atMs, this.periodMs),
    });
  }
}
