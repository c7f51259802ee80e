/** Results come a few display frames later; a GPU that is further behind is asked less often. */
const mostInFlight = 4;

/** The constants of EXT_disjoint_timer_query_webgl2 (Khronos WebGL extension registry). */
const timeElapsed = 0x88bf;
const gpuDisjoint = 0x8fbb;

/**
 * GPU time between `begin` and `end`, where the browser tells it (EXT_disjoint_timer_query_webgl2); elsewhere it does
 * nothing and `isAvailable` stays false. A handful of queries is used again and again: nothing is allocated in a frame.
 */
export class GpuTimer {
  isAvailable = false;
  private gl: WebGL2RenderingContext | null = null;
  private readonly queries: WebGLQuery[] = [];
  private readonly tags = new Float64Array(mostInFlight);
  private begun = 0;
  private read = 0;
  private isRunning = false;

  /** @param tag comes back with the result */
  begin(gl: WebGL2RenderingContext, tag: number): void {
    if (this.gl !== gl) this.attach(gl);
    if (!this.isAvailable || this.isRunning || this.begun - this.read >= mostInFlight) return;
    if (gl.isContextLost()) {
      // The queries went with it; what comes back has to be asked for its extensions again.
      this.gl = null;
      this.isAvailable = false;
      return;
    }
    const slot = this.begun % mostInFlight;
    this.tags[slot] = tag;
    gl.beginQuery(timeElapsed, this.queries[slot]!);
    this.isRunning = true;
  }

  end(): void {
    if (!this.isRunning) return;
    this.isRunning = false;
    this.gl?.endQuery(timeElapsed);
    this.begun++;
  }

  /** Hands out the results that have come, oldest first, in ms. Those that the GPU calls unreliable are left out. */
  poll(take: (tag: number, ms: number) => void): void {
    const { gl } = this;
    if (!gl || this.read === this.begun) return;
    // Asking clears it: it holds for all queries that were under way.
    const isDisjoint = Boolean(gl.getParameter(gpuDisjoint));
    while (this.read < this.begun) {
      const query = this.queries[this.read % mostInFlight]!;
      if (!isDisjoint && !gl.getQueryParameter(query, gl.QUERY_RESULT_AVAILABLE)) return;
      if (!isDisjoint) take(this.tags[this.read % mostInFlight]!, Number(gl.getQueryParameter(query, gl.QUERY_RESULT)) / 1e6);
      this.read++;
    }
  }

  private attach(gl: WebGL2RenderingContext): void {
    this.gl = gl;
    this.isRunning = false;
    this.begun = this.read = 0;
    this.queries.length = 0;
    this.isAvailable = !gl.isContextLost() && gl.getExtension('EXT_disjoint_timer_query_webgl2') !== null;
    if (this.isAvailable) for (let k = 0; k < mostInFlight; k++) this.queries.push(gl.createQuery()!);
  }
}
