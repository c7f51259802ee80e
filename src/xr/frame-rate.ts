/** Display rates in the order wanted. The headset shares its processor with the model: slow is steady. */
const preferredHz = [72, 90];
const lowestComfortableHz = 60;
const settleMs = 2000;

/**
 * The display rate to ask for, Hz: 72, else 90, else the slowest that is still comfortable, never simply the highest.
 * Null when the headset offers no choice.
 */
export function chooseFrameRate(supportedHz: ArrayLike<number> | null | undefined): number | null {
  const rates = Array.from(supportedHz ?? []).filter((hz) => Number.isFinite(hz) && hz > 0);
  if (rates.length === 0) return null;
  for (const hz of preferredHz) {
    // Rates are reported as single floats, and some runtimes say 89.99.
    const found = rates.find((rate) => Math.abs(rate - hz) < 0.5);
    if (found !== undefined) return found;
  }
  const comfortable = rates.filter((rate) => rate >= lowestComfortableHz);
  return comfortable.length > 0 ? Math.min(...comfortable) : Math.max(...rates);
}

/** The part of an XRSession that is needed here. */
export type FrameRateSession = Pick<XRSession, 'supportedFrameRates' | 'frameRate'> &
  Partial<Pick<XRSession, 'updateTargetFrameRate'>>;

/**
 * Asks the headset for the chosen rate and waits until it has it, at most two seconds: start the model after that.
 * Never rejects. @returns the rate in force, Hz, or null when the headset does not tell.
 */
export async function applyFrameRate(session: FrameRateSession, timeoutMs = settleMs): Promise<number | null> {
  const hz = chooseFrameRate(session.supportedFrameRates);
  if (hz === null || !session.updateTargetFrameRate || session.frameRate === hz) return session.frameRate ?? null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<void>((resolve) => (timer = setTimeout(resolve, timeoutMs)));
  try {
    await Promise.race([session.updateTargetFrameRate(hz), timeout]);
  } catch {
    // The session ended or the headset refused: the rate it has is fine too.
  } finally {
    clearTimeout(timer);
  }
  return session.frameRate ?? null;
}
