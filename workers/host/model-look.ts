import type { WorldInfo, WorldModel } from '../../src/world/contracts';
import type { HostSettings } from '../../src/world/control';
import { autoLight, type LightChoice } from '../layout/palettes';

type Look = Pick<HostSettings, 'light' | 'resolutionScale'>;

/** What the running model has been told of light and size, so that it is told again only when that changes. */
export class ModelLook {
  private light: LightChoice = autoLight;
  private scale = 1;

  /** Tells a model that is about to open. */
  static tell(model: WorldModel, { light, resolutionScale }: Look): void {
    model.setLight?.(light);
    model.setScale?.(offeredScale(model.info, resolutionScale));
  }

  /** That model runs now. */
  begun(model: WorldModel, { light, resolutionScale }: Look): void {
    this.light = light;
    this.scale = offeredScale(model.info, resolutionScale);
  }

  /**
   * Tells the running model what has changed. Between two steps only.
   * @returns true when frames in the old look must not come back between those in the new
   */
  update(model: WorldModel, { light, resolutionScale }: Look): boolean {
    const scale = offeredScale(model.info, resolutionScale);
    if (scale !== this.scale) {
      this.scale = scale;
      model.setScale?.(scale);
    }
    if (light.palette === this.light.palette && light.hour === this.light.hour) return false;
    this.light = light;
    model.setLight?.(light);
    return model.setLight !== undefined;
  }
}

/** The largest size on offer that is not above the wanted one; the smallest when all are. */
export function offeredScale({ scales }: Pick<WorldInfo, 'scales'>, wanted: number): number {
  const offered = scales ?? [1];
  return offered.find((scale) => scale <= wanted) ?? offered[offered.length - 1] ?? 1;
}
