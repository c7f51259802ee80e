import { createPose } from '../../math/pose';
import type { Pose } from '../../math/types';
import { AnchorKeeper } from '../../xr/ar/anchor-keeper';
import { aimedPlace, goodPlace } from '../../xr/ar/find-place';
import { afterReset, inForm, rigFromRoomOf, turnForm } from '../../xr/ar/form-pose';
import { HitTests } from '../../xr/ar/hit-tests';
import { atModel, throughWindow } from '../../xr/ar/painter-pose';
import type { Placement } from '../../xr/ar/place';
import { PortalWalk } from '../../xr/ar/portal-walk';
import { readSurfaces } from '../../xr/ar/read-surfaces';
import type { Surface } from '../../xr/ar/surface';
import type { RoomPlacement } from '../../xr/room';
import type { ArForm, Options } from '../options';
import type { Visit } from '../visit';
import { ArLook, type WindowSize } from './ar-look';

/** What the room gives in this display frame. */
export type RoomFrame = {
  frame: XRFrame;
  session: XRSession;
  roomSpace: XRReferenceSpace;
  /** Of the head, for the browser's hit tests; null until it is there. */
  viewerSpace: XRSpace | null;
  roomFromHead: Pose;
  atMs: number;
};

/** The ray that places a form; `space` where the browser can hit-test along it. */
export type Aim = { roomFromAim: Pose; space: XRSpace | null };

const firstWindow: Readonly<WindowSize> = { widthM: 1.4, heightM: 2 };
/** For so long after entering, walls and tables that the headset finds late still change the first place, ms. */
const settleMs = 2500;
/** How often planes are read while a place is looked for, and else, ms. */
const busyReadMs = 100;
const idleReadMs = 2000;
const scaleLimits = { least: 0.4, most: 2.5 };

/** One AR session: which form stands where. Forms keep their places while another one is shown. */
export class ArRoom {
  readonly look = new ArLook();
  readonly walk = new PortalWalk();
  readonly windowSize: WindowSize = { ...firstWindow };
  isPlacing = false;
  surfaces: Surface[] = [];
  private form: ArForm | null = null;
  private readonly places: Record<ArForm, Placement | null> = { window: null, diorama: null, overlay: null };
  private readonly keeper = new AnchorKeeper();
  private readonly hits = new HitTests();
  private readonly rooms: Record<ArForm, RoomPlacement>;
  private readonly head = createPose();
  private readMs = Number.NEGATIVE_INFINITY;
  private settlesUntilMs = Number.NEGATIVE_INFINITY;
  private placedTurnRad = 0;
  private mustAnchor = false;

  constructor(
    private readonly visit: Visit,
    private readonly options: () => Options,
  ) {
    const room = (more: Omit<RoomPlacement, 'rigFromRoom'>): RoomPlacement => ({ rigFromRoom: createPose(), ...more });
    const { windowSize } = this;
    this.rooms = {
      window: room({
        body: 'origin',
        collides: true,
        paintFrom: (out, worldFromHead, worldFromRig) => {
          if (this.walk.isInside) out.set(worldFromHead);
          else throughWindow(out, worldFromHead, worldFromRig, windowSize.heightM, visit.collider);
        },
      }),
      diorama: room({
        body: 'origin',
        collides: false,
        paintFrom: (out, worldFromHead, worldFromRig) => {
          atModel(out, worldFromHead, worldFromRig, this.radiusM * this.scale, visit.collider);
        },
      }),
      overlay: room({ body: 'head', collides: true }),
    };
  }

  /** Null before the first display frame. */
  get place(): Placement | null {
    return this.form && this.places[this.form];
  }

  get isAnchored(): boolean {
    return this.keeper.isAnchored;
  }

  get radiusM(): number {
    return this.places.diorama?.radiusM ?? 0.35;
  }

  /** A metre of the room is this many metres of the world. */
  get scale(): number {
    return this.form === 'diorama' ? this.options().arScale : 1;
  }

  /** Before the visit moves. @param aim while placing: what the form follows */
  update(now: RoomFrame, aim: Aim | null): void {
    const { arForm } = this.options();
    this.read(now);
    if (arForm !== this.form) this.show(arForm, now);
    const place = this.places[arForm]!;
    if (this.isPlacing) {
      if (aim) this.follow(now, aim, place);
    } else if (now.atMs < this.settlesUntilMs && !place.isReal) this.settle(arForm, now);
    else if (this.mustAnchor) {
      this.mustAnchor = false;
      this.hits.stop();
      this.keeper.keep(now.frame, now.roomSpace, place.roomFromForm);
    }
    const { roomFromForm } = this.places[arForm]!;
    if (!this.isPlacing) this.keeper.follow(now.frame, now.roomSpace, roomFromForm);
    rigFromRoomOf(this.rooms[arForm].rigFromRoom, roomFromForm, this.scale);
    if (arForm === 'window') this.walkThrough(now.roomFromHead, roomFromForm);
  }

  /** After the visit has moved, before the draw. */
  fillLook(): void {
    const { worldFromRig } = this.visit;
    if (this.form === 'window') this.look.placeWindow(worldFromRig, this.windowSize, this.walk.isInside);
    else if (this.form === 'diorama') this.look.placeModel(worldFromRig, this.scale, this.radiusM, this.options().arCut);
    else this.look.placeOverlay(worldFromRig);
  }

  beginPlacing(now: RoomFrame): void {
    if (this.form === 'overlay') {
      this.layAnew(now);
      return;
    }
    this.isPlacing = true;
    this.placedTurnRad = 0;
    this.settlesUntilMs = Number.NEGATIVE_INFINITY;
    this.keeper.drop();
  }

  endPlacing(): void {
    if (!this.isPlacing) return;
    this.isPlacing = false;
    this.mustAnchor = true;
    this.hits.stop();
    this.walk.reset();
  }

  turnBy(angleRad: number, roomFromHead: Pose): void {
    const { place } = this;
    if (!place) return;
    if (this.isPlacing) this.placedTurnRad += angleRad;
    const about = this.form === 'overlay' ? roomFromHead : place.roomFromForm;
    turnForm(place.roomFromForm, about[12], about[14], angleRad);
    this.keeper.hold(place.roomFromForm);
  }

  /** @returns what the option `arScale` should be now; null: it stays */
  scaleBy(factor: number): number | null {
    if (!(factor > 0) || this.form === 'overlay') return null;
    if (this.form === 'diorama') return Math.min(Math.max(this.options().arScale / factor, 10), 50);
    const least = scaleLimits.least * firstWindow.heightM;
    const heightM = Math.min(Math.max(this.windowSize.heightM * factor, least), scaleLimits.most * firstWindow.heightM);
    this.windowSize.widthM *= heightM / this.windowSize.heightM;
    this.windowSize.heightM = heightM;
    return null;
  }

  /** As on entering. */
  layAnew(now: RoomFrame): void {
    if (!this.form) return;
    this.isPlacing = false;
    Object.assign(this.windowSize, firstWindow);
    this.places[this.form] = null;
    const { form } = this;
    this.form = null;
    this.show(form, now);
  }

  /** The runtime moved its origin. @param oldFromNewSpace null where it does not know by how much: then all is placed anew */
  spaceWasReset(oldFromNewSpace: Pose | null): void {
    for (const form of ['window', 'diorama', 'overlay'] as const) {
      const place = this.places[form];
      // What an anchor holds finds its place again by itself.
      if (!place || (form === this.form && this.keeper.isAnchored)) continue;
      if (oldFromNewSpace) afterReset(place.roomFromForm, oldFromNewSpace);
      else this.places[form] = null;
    }
    if (!this.place) this.form = null;
  }

  end(): void {
    this.hits.stop();
    this.keeper.forget();
  }

  private show(form: ArForm, now: RoomFrame): void {
    this.isPlacing = false;
    this.hits.stop();
    this.keeper.drop();
    this.form = form;
    if (!this.places[form]) {
      this.places[form] = goodPlace(form, this.surfaces, now.roomFromHead);
      this.settlesUntilMs = now.atMs + settleMs;
    }
    this.mustAnchor = true;
    this.stand(form, now);
  }

  /** The visitor stays where they are in the world; the form comes to them. */
  private stand(form: ArForm, now: RoomFrame): void {
    this.walk.reset();
    const room = this.rooms[form];
    room.body = form === 'overlay' ? 'head' : 'origin';
    rigFromRoomOf(room.rigFromRoom, this.places[form]!.roomFromForm, this.scale);
    this.visit.setRoom(room, now.roomFromHead);
    this.visit.view.setRoom(this.look.of(form));
  }

  /** Walls and tables that the headset has found meanwhile. */
  private settle(form: ArForm, now: RoomFrame): void {
    const found = goodPlace(form, this.known(now, now.viewerSpace), now.roomFromHead);
    if (!found.isReal) return;
    this.places[form] = found;
    this.keeper.drop();
    this.mustAnchor = true;
    this.stand(form, now);
  }

  private follow(now: RoomFrame, { roomFromAim, space }: Aim, place: Placement): void {
    const found = aimedPlace(this.form!, this.known(now, space), roomFromAim, now.roomFromHead);
    Object.assign(place, found);
    turnForm(place.roomFromForm, place.roomFromForm[12], place.roomFromForm[14], this.placedTurnRad);
    this.walk.reset();
  }

  /** The planes, and what the browser's hit test along this ray adds to them. */
  private known({ frame, session, roomSpace }: RoomFrame, along: XRSpace | null): readonly Surface[] {
    if (!along || this.form === 'overlay') return this.surfaces;
    this.hits.aimAlong(session, along);
    const tested = this.hits.first(frame, roomSpace, this.form === 'window' ? 'wall' : 'top');
    return tested ? [...this.surfaces, tested] : this.surfaces;
  }

  private walkThrough(roomFromHead: Pose, roomFromForm: Pose): void {
    inForm(this.head, roomFromForm, roomFromHead);
    const { widthM, heightM } = this.windowSize;
    if (this.isPlacing || !this.walk.update(this.head[12], this.head[13], this.head[14], widthM, heightM)) return;
    // Inside, sticks move the visitor, as everywhere in a world; outside they move the window through it.
    this.rooms.window.body = this.walk.isInside ? 'head' : 'origin';
  }

  private read({ frame, roomSpace, atMs }: RoomFrame): void {
    const isBusy = this.isPlacing || atMs < this.settlesUntilMs;
    if (atMs - this.readMs < (isBusy ? busyReadMs : idleReadMs)) return;
    this.readMs = atMs;
    this.surfaces = readSurfaces(frame, roomSpace);
  }
}
