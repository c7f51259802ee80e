import type { Surroundings } from '../../../workers/backends/onnx/surroundings';

/** The mean of the anchored noise. */
const meanNoise = 0.5;

/** The same surroundings without noise: a network that reads it sees its mean everywhere. */
export function withFlatNoise(around: Surroundings): Surroundings {
  return {
    get layout() {
      return around.layout;
    },
    start: (seed, worldFromHead) => around.start(seed, worldFromHead),
    atmosphere: (worldFromCamera) => around.atmosphere(worldFromCamera),
    setLight: (light) => around.setLight(light),
    renderMapView(worldFromCamera, camera, out) {
      around.renderMapView(worldFromCamera, camera, out);
      out.noise.fill(meanNoise);
    },
    dispose: () => around.dispose?.(),
  };
}
