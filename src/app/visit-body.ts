import { createPose, multiplyPose } from '../math/pose';
import type { Pose } from '../math/types';
import type { Controls } from '../xr/controls';
import { createLocomotion, type Collider, type LocomotionSettings } from '../xr/locomotion';
import { pageEyeHeightM, pageRigFromHead, placeHead, worldFromHead, worldFromRig } from '../xr/rig';
import { headInRig, type RoomPlacement } from '../xr/room';
import type { Options } from './options';

/** The rig itself, in the rig. */
const origin = createPose();

/** Where the visitor is: the rig in the world, the tracked room in the rig, the head in the room. Allocates nothing per frame. */
export class VisitBody {
  readonly worldFromRig = createPose();
  readonly worldFromHead = createPose();
  /** Where the model paints from; the head, but for a window or a model in the room. */
  readonly worldFromPainter = createPose();
  /** The tracked room in the world: what the headset's own poses are multiplied by. Has a scale in AR. */
  readonly worldFromRoom = createPose();
  readonly locomotion = createLocomotion();
  /** How the tracked room stands in the rig; null: its floor is the rig's floor. */
  room: RoomPlacement | null = null;
  private readonly settings: LocomotionSettings = { walkSpeedMps: 0, turn: 'snap', collides: true };
  /** The room of who neither sits nor uses AR, and of who sits. */
  private readonly floor: RoomPlacement = { rigFromRoom: createPose(), body: 'head', collides: true };
  private readonly rigFromHead = createPose();
  private readonly pageHead = createPose();
  private readonly facing = createPose();
  /** Of the last display frame. */
  private roomFromHead: Pose | null = null;

  /** One display frame. @param roomFromHead of the headset; null on the page */
  update(controls: Controls, roomFromHead: Pose | null, dtS: number, options: Options, collider: Collider | null): void {
    const { rig } = this.locomotion;
    this.roomFromHead = roomFromHead;
    this.floor.rigFromRoom[13] = options.seatedHeightM;
    const room = (roomFromHead && this.room) ?? this.floor;
    this.settings.walkSpeedMps = options.walkSpeed;
    this.settings.turn = options.turn;
    this.settings.collides = options.collide && room.collides;
    this.locomotion.update(controls, this.movedInRig(roomFromHead), dtS, this.settings, collider);
    const head = roomFromHead ? this.rigFromHead : pageRigFromHead(rig, this.pageHead);
    worldFromRig(rig, this.worldFromRig);
    worldFromHead(rig, head, this.worldFromHead);
    if (roomFromHead) multiplyPose(this.worldFromRoom, this.worldFromRig, room.rigFromRoom);
    else this.worldFromRoom.set(this.worldFromRig);
    if (roomFromHead && room.paintFrom) room.paintFrom(this.worldFromPainter, this.worldFromHead, this.worldFromRig);
    else this.worldFromPainter.set(this.worldFromHead);
  }

  /** Stands the person at a place. @param floorY height of the floor there */
  place(at: Pose, roomFromHead: Pose | null, floorY: number): void {
    const head = this.movedInRig(roomFromHead);
    // A window or a model has a front of its own, wherever the visitor looks.
    const isOrigin = roomFromHead !== null && this.room?.body === 'origin';
    placeHead(this.locomotion.rig, isOrigin ? origin : head, at, floorY);
    this.locomotion.stop();
  }

  /** Stands the visitor's feet elsewhere, metres; they go on to face the same way. */
  teleport(x: number, y: number, z: number): void {
    const at = this.standing();
    at[12] = x;
    at[14] = z;
    this.place(at, this.roomFromHead, y);
  }

  /** Where the visitor counts as standing: the head, or the rig when that is a window or a model in the room. */
  standing(): Pose {
    if (this.room?.body !== 'origin') return Float32Array.from(this.worldFromHead);
    const standing = Float32Array.from(this.worldFromRig);
    standing[13]! += pageEyeHeightM;
    return standing;
  }

  /** The pose that locomotion moves, in the rig; also fills `rigFromHead`. */
  private movedInRig(roomFromHead: Pose | null): Pose {
    if (!roomFromHead) return pageRigFromHead(this.locomotion.rig, this.pageHead);
    const room = this.room ?? this.floor;
    headInRig(room.rigFromRoom, roomFromHead, this.rigFromHead);
    if (room.body === 'head') return this.rigFromHead;
    // Stands at the rig's origin, and walks where the visitor faces.
    this.facing.set(this.rigFromHead);
    this.facing.fill(0, 12, 15);
    return this.facing;
  }
}
