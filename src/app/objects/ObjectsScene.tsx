import type { Visit } from '../visit';

/** Real things in the dream. */
export function ObjectsScene(_props: { visit: Visit }) {
  return null;
}
