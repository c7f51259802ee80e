import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chart, chartOf, node, nodeAt } from '../../../../workers/backends/simulator/teacher/chart';
import { NodeTable, nodeStride } from '../../../../workers/backends/simulator/teacher/node-table';
import { createSurface, surfaceAt } from '../../../../workers/backends/simulator/teacher/surface';
import { hit, traceRay } from '../../../../workers/layout/trace';
import { anyRay, anyWorld, sceneOf } from '../../layout/small-worlds';

describe('coordinates on faces', () => {
  test('name every point that a ray can hit, and lead back to it', () => {
    const surface = createSurface();
    const seen = new Set<number>();
    fc.assert(
      fc.property(anyWorld, anyRay, (world, ray) => {
        const scene = sceneOf(world);
        const { ox, oy, oz, dx, dy, dz } = ray;
        fc.pre(traceRay(scene, ox, oy, oz, dx, dy, dz, 20, false));
        surfaceAt(scene, hit.primitive, ox, oy, oz, dx, dy, dz, hit.distance, 0.01, hit.distance, surface);
        chartOf(scene, surface);
        nodeAt(scene, surface.primitive, chart.face, chart.u, chart.v);
        seen.add(chart.face);
        expect(Math.hypot(node.x - surface.x, node.y - surface.y, node.z - surface.z)).toBeLessThan(2e-3);
        expect(node.nx * surface.nx + node.ny * surface.ny + node.nz * surface.nz).toBeGreaterThan(0.999);
      }),
      { seed: 20261122, numRuns: 1500 },
    );
    expect([...seen].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  });
});

describe('the table of light nodes', () => {
  test('keeps what was put under each key, also when keys share a place', () => {
    const table = new NodeTable(8);
    const keys = Array.from({ length: 100 }, (_, k) => k * 2 ** 33 + (k % 3));
    for (const key of keys) {
      const place = table.place(key);
      expect(table.has(place)).toBe(false);
      table.values[table.take(key, place) * nodeStride] = key % 1000;
    }
    for (const key of keys) {
      const place = table.place(key);
      expect(table.has(place)).toBe(true);
      expect(table.values[place * nodeStride]).toBe(key % 1000);
    }
  });

  test('forgets all when it is crowded, and goes on', () => {
    const table = new NodeTable(4);
    for (let key = 0; key < 100; key++) {
      const place = table.take(key, table.place(key));
      expect(table.place(key)).toBe(place);
    }
    expect(table.has(table.place(0))).toBe(false);
  });
});
