import type { VisitCommands } from '../commands';
import type { Director } from '../director';
import type { VisitLab } from '../lab/visit-lab';
import type { Visit } from '../visit';

/** The menu inside the headset. */
export function HeadsetMenu(_props: { visit: Visit; director: Director; visits: VisitCommands; lab: VisitLab }) {
  return null;
}
