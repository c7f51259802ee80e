import { describe, expect, test, vi } from 'vitest';
import { applyFrameRate, chooseFrameRate, type FrameRateSession } from '../../../src/xr/frame-rate';

const rates = (...hz: number[]) => Float32Array.from(hz);

describe('the display rate', () => {
  test.each([
    [rates(72, 80, 90, 120), 72],
    [rates(60, 90, 120), 90],
    [rates(120, 80, 144), 80],
    [rates(24, 30, 50), 50],
    [rates(), null],
    [undefined, null],
  ])('out of %o is %s', (supported, wanted) => {
    expect(chooseFrameRate(supported)).toBe(wanted);
  });

  test('is found although it is reported as 89.99', () => {
    expect(chooseFrameRate([60, 89.99, 120])).toBe(89.99);
  });

  test('is asked for and awaited', async () => {
    const session = { supportedFrameRates: rates(72, 90), frameRate: 90 as number };
    const updateTargetFrameRate = vi.fn<(hz: number) => Promise<void>>(async (hz) => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      session.frameRate = hz;
    });
    expect(await applyFrameRate(Object.assign(session, { updateTargetFrameRate }) as FrameRateSession)).toBe(72);
    expect(updateTargetFrameRate).toHaveBeenCalledExactlyOnceWith(72);
  });

  test('keeps nobody waiting when the headset never answers or refuses', async () => {
    const session = { supportedFrameRates: rates(72), frameRate: 90 };
    const never = { ...session, updateTargetFrameRate: () => new Promise<void>(() => undefined) };
    expect(await applyFrameRate(never, 10)).toBe(90);
    const refuses = { ...session, updateTargetFrameRate: () => Promise.reject(new Error('no')) };
    expect(await applyFrameRate(refuses)).toBe(90);
    const throws = {
      ...session,
      updateTargetFrameRate: () => {
        throw new Error('ended');
      },
    };
    expect(await applyFrameRate(throws)).toBe(90);
  });

  test('is left alone where it cannot be set', async () => {
    expect(await applyFrameRate({ supportedFrameRates: rates(72), frameRate: undefined })).toBe(null);
    expect(await applyFrameRate({ supportedFrameRates: undefined, frameRate: 60 })).toBe(60);
  });
});
