import type { Director } from '../director';
import type { Visit } from '../visit';

/** The world in the visitor's room. */
export function ArScene(_props: { visit: Visit; director: Director }) {
  return null;
}
