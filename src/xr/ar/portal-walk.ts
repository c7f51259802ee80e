/** This far on the other side of the opening before it counts, metres: a head that stands in it must not flicker. */
const hysteresisM = 0.04;

/**
 * Whether the visitor has walked through the window. Only the way through the opening counts: whoever walks around the
 * frame stays in the room, or in the world.
 */
export class PortalWalk {
  isInside = false;
  private x = Number.NaN;
  private y = Number.NaN;
  private z = Number.NaN;
  /** The last crossing of the window's plane went through the opening. */
  private wasThrough = false;

  /** The window was placed anew, or the visitor: nobody walked. */
  reset(): void {
    this.isInside = false;
    this.wasThrough = false;
    this.x = Number.NaN;
  }

  /**
   * One display frame.
   * @param x of the head in the window's space, metres: origin in the middle of the lower edge, z > 0 is the room's side
   * @returns whether it has changed
   */
  update(x: number, y: number, z: number, widthM: number, heightM: number): boolean {
    if (!Number.isNaN(this.x) && this.z > 0 !== z > 0) {
      const t = this.z / (this.z - z);
      const atX = this.x + t * (x - this.x);
      const atY = this.y + t * (y - this.y);
      this.wasThrough = Math.abs(atX) <= widthM / 2 && atY >= 0 && atY <= heightM;
    }
    this.x = x;
    this.y = y;
    this.z = z;
    const isBeyond = this.isInside ? z > hysteresisM : z < -hysteresisM;
    if (!isBeyond || !this.wasThrough) return false;
    this.wasThrough = false;
    this.isInside = !this.isInside;
    return true;
  }
}
