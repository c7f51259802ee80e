import { describe, expect, test } from 'vitest';
import { GpuTimer } from '../../../src/reproject/gpu-timer';

/** As much of WebGL2 as the timer needs; results come when the test says so. */
class FakeGl {
  readonly QUERY_RESULT_AVAILABLE = 0x8867;
  readonly QUERY_RESULT = 0x8866;
  isLost = false;
  isDisjoint = false;
  created = 0;
  calls: string[] = [];
  readonly results = new Map<object, number>();
  private running: object | null = null;
  readonly ended: object[] = [];

  constructor(private readonly hasExtension = true) {}

  get gl(): WebGL2RenderingContext {
    return this as unknown as WebGL2RenderingContext;
  }

  getExtension(name: string): object | null {
    return this.hasExtension && name === 'EXT_disjoint_timer_query_webgl2' ? {} : null;
  }
  isContextLost(): boolean {
    return this.isLost;
  }
  createQuery(): object {
    this.created++;
    return {};
  }
  beginQuery(target: number, query: object): void {
    if (this.running) throw new Error('INVALID_OPERATION: a query runs already');
    expect(target).toBe(0x88bf);
    this.running = query;
  }
  endQuery(): void {
    if (!this.running) throw new Error('INVALID_OPERATION: no query runs');
    this.ended.push(this.running);
    this.running = null;
  }
  getParameter(name: number): boolean {
    expect(name).toBe(0x8fbb);
    const was = this.isDisjoint;
    this.isDisjoint = false;
    return was;
  }
  getQueryParameter(query: object, name: number): unknown {
    return name === this.QUERY_RESULT_AVAILABLE ? this.results.has(query) : this.results.get(query);
  }
}

function read(timer: GpuTimer): [number, number][] {
  const found: [number, number][] = [];
  timer.poll((tag, ms) => found.push([tag, ms]));
  return found;
}

describe('the timer of the GPU', () => {
  test('hands results out with their tags once they are there, in order, in ms', () => {
    const fake = new FakeGl();
    const timer = new GpuTimer();
    for (const tag of [10, 11]) {
      timer.begin(fake.gl, tag);
      timer.end();
    }
    expect(timer.isAvailable).toBe(true);
    expect(read(timer)).toEqual([]);
    fake.results.set(fake.ended[1]!, 3_000_000);
    expect(read(timer)).toEqual([]);
    fake.results.set(fake.ended[0]!, 1_500_000);
    expect(read(timer)).toEqual([[10, 1.5], [11, 3]]);
    expect(read(timer)).toEqual([]);
  });

  test('keeps four in flight at most, and makes no more queries than that', () => {
    const fake = new FakeGl();
    const timer = new GpuTimer();
    for (let tag = 0; tag < 9; tag++) {
      timer.begin(fake.gl, tag);
      timer.end();
    }
    expect(fake.ended).toHaveLength(4);
    for (const query of fake.ended) fake.results.set(query, 1e6);
    expect(read(timer).map(([tag]) => tag)).toEqual([0, 1, 2, 3]);
    timer.begin(fake.gl, 20);
    timer.end();
    expect(fake.ended).toHaveLength(5);
    expect(fake.created).toBe(4);
  });

  test('throws results away that the GPU calls unreliable', () => {
    const fake = new FakeGl();
    const timer = new GpuTimer();
    timer.begin(fake.gl, 1);
    timer.end();
    fake.results.set(fake.ended[0]!, 1e9);
    fake.isDisjoint = true;
    expect(read(timer)).toEqual([]);
    expect(read(timer)).toEqual([]);
  });

  test('does nothing where the browser has no timer', () => {
    const fake = new FakeGl(false);
    const timer = new GpuTimer();
    timer.begin(fake.gl, 1);
    timer.end();
    expect([timer.isAvailable, fake.created, fake.ended.length]).toEqual([false, 0, 0]);
    expect(read(timer)).toEqual([]);
  });

  test('begins anew after a context was lost', () => {
    const fake = new FakeGl();
    const timer = new GpuTimer();
    timer.begin(fake.gl, 1);
    timer.end();
    fake.isLost = true;
    timer.begin(fake.gl, 2);
    timer.end();
    expect(timer.isAvailable).toBe(false);
    expect(fake.ended).toHaveLength(1);
    fake.isLost = false;
    timer.begin(fake.gl, 3);
    timer.end();
    expect(fake.created).toBe(8);
    fake.results.set(fake.ended[1]!, 2e6);
    expect(read(timer)).toEqual([[3, 2]]);
  });

  test('a frame that is not ended is not begun twice, and one that is not begun is not ended', () => {
    const fake = new FakeGl();
    const timer = new GpuTimer();
    timer.end();
    timer.begin(fake.gl, 1);
    timer.begin(fake.gl, 2);
    timer.end();
    timer.end();
    expect(fake.ended).toHaveLength(1);
  });
});
