import type { VisitCommands } from './commands';
import type { Director } from './director';
import { Stage } from './Stage';
import { Page } from './ui/Page';
import type { Visit } from './visit';

/** The world, and the page over it. */
export function App({ director, visit, visits }: { director: Director; visit: Visit; visits: VisitCommands }) {
  return (
    <>
      <Stage visit={visit} director={director} />
      <Page commands={director} visits={visits} />
    </>
  );
}
