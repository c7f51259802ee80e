/**
 * What any three.js page pays for so many triangles in so many draws: one renderer, one camera that turns, one geometry
 * for each draw, a shader that does nothing. The ruler that the product is measured with; the product's own scene is
 * `src/app/Stage.tsx`, and the settings of the renderer and the camera are the same.
 */
import { BufferAttribute, BufferGeometry, DoubleSide, Mesh, PerspectiveCamera, Scene, ShaderMaterial, WebGLRenderer } from 'three';
import { gridSizes } from './grid';

/** Half of the turn, radians, and its period, ms: about what the keys make of the product's camera. */
const turnRad = 0.3;
const turnPeriodMs = 1000;

const search = new URLSearchParams(location.search);
const triangles = Number(search.get('triangles'));
const draws = Number(search.get('draws'));

const renderer = new WebGLRenderer({ antialias: true, powerPreference: 'high-performance' });
renderer.setPixelRatio(window.devicePixelRatio);
renderer.setSize(window.innerWidth, window.innerHeight);
document.body.append(renderer.domElement);
const scene = new Scene();
const camera = new PerspectiveCamera(75, window.innerWidth / window.innerHeight, 0.05, 500);

const material = new ShaderMaterial({
  vertexShader: 'varying vec2 at; void main() { at = position.xy; gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0); }',
  fragmentShader: 'varying vec2 at; void main() { gl_FragColor = vec4(fract(at), 0.5, 1.0); }',
  side: DoubleSide,
});
// The nearest first, as the product draws: what lies behind is hidden and costs the GPU little.
for (const [k, quads] of gridSizes(triangles, draws).entries()) {
  const mesh = new Mesh(gridGeometry(quads), material);
  mesh.position.z = -4 - k;
  mesh.renderOrder = k;
  mesh.frustumCulled = false;
  mesh.matrixAutoUpdate = false;
  mesh.updateMatrix();
  scene.add(mesh);
}

/** A wall of so many quads, 16 m wide and 12 m high. */
function gridGeometry({ columns, rows }: { columns: number; rows: number }): BufferGeometry {
  const positions = new Float32Array((columns + 1) * (rows + 1) * 3);
  let at = 0;
  for (let y = 0; y <= rows; y++) {
    for (let x = 0; x <= columns; x++) {
      positions[at++] = 16 * (x / columns - 0.5);
      positions[at++] = 12 * (y / rows - 0.5);
      positions[at++] = 0;
    }
  }
  const indices = new Uint32Array(columns * rows * 6);
  at = 0;
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      const a = y * (columns + 1) + x;
      const b = a + columns + 1;
      indices.set([a, b, a + 1, b, b + 1, a + 1], at);
      at += 6;
    }
  }
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(positions, 3));
  geometry.setIndex(new BufferAttribute(indices, 1));
  return geometry;
}

renderer.setAnimationLoop((timeMs) => {
  camera.rotation.y = turnRad * Math.sin((2 * Math.PI * timeMs) / turnPeriodMs);
  renderer.render(scene, camera);
});
