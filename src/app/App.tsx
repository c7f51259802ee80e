import type { VisitCommands } from './commands';
import type { Director } from './director';
import type { VisitLab } from './lab/visit-lab';
import { Stage } from './Stage';
import { Page } from './ui/Page';
import type { Visit } from './visit';

type AppProps = { director: Director; visit: Visit; visits: VisitCommands; lab: VisitLab };

/** The world, and the page over it. */
export function App({ director, visit, visits, lab }: AppProps) {
  return (
    <>
      <Stage visit={visit} director={director} visits={visits} lab={lab} />
      <Page commands={director} visits={visits} lab={lab} />
    </>
  );
}
