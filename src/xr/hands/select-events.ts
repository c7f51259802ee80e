/** What the session says of presses by events: for inputs without a gamepad, and for taps shorter than a frame. */
export class SelectEvents {
  private session: XRSession | null = null;
  private readonly selecting = new Set<XRInputSource>();
  private readonly squeezing = new Set<XRInputSource>();
  /** Began since the last {@link settle}, whether or not they ended since. */
  private readonly begun = new Set<XRInputSource>();

  /** Listens to this session and to no other; null: to none. */
  listen(session: XRSession | null): void {
    if (session === this.session) return;
    this.session?.removeEventListener('selectstart', this.onSelectStart);
    this.session?.removeEventListener('selectend', this.onSelectEnd);
    this.session?.removeEventListener('squeezestart', this.onSqueezeStart);
    this.session?.removeEventListener('squeezeend', this.onSqueezeEnd);
    this.selecting.clear();
    this.squeezing.clear();
    this.begun.clear();
    this.session = session;
    session?.addEventListener('selectstart', this.onSelectStart);
    session?.addEventListener('selectend', this.onSelectEnd);
    session?.addEventListener('squeezestart', this.onSqueezeStart);
    session?.addEventListener('squeezeend', this.onSqueezeEnd);
  }

  isSelecting(source: XRInputSource): boolean {
    return this.selecting.has(source) || this.begun.has(source);
  }

  isSqueezing(source: XRInputSource): boolean {
    return this.squeezing.has(source);
  }

  /** Everybody has been asked in this frame. */
  settle(): void {
    if (this.begun.size > 0) this.begun.clear();
  }

  private readonly onSelectStart = ({ inputSource }: XRInputSourceEvent): void => {
    this.selecting.add(inputSource);
    this.begun.add(inputSource);
  };
  private readonly onSelectEnd = ({ inputSource }: XRInputSourceEvent): void => {
    this.selecting.delete(inputSource);
  };
  private readonly onSqueezeStart = ({ inputSource }: XRInputSourceEvent): void => {
    this.squeezing.add(inputSource);
  };
  private readonly onSqueezeEnd = ({ inputSource }: XRInputSourceEvent): void => {
    this.squeezing.delete(inputSource);
  };
}
