import type { Director } from './director';
import { Stage } from './Stage';
import { Page } from './ui/Page';
import type { Visit } from './visit';

/** The world, and the page over it. */
export function App({ director, visit }: { director: Director; visit: Visit }) {
  return (
    <>
      <Stage visit={visit} director={director} />
      <Page commands={director} />
    </>
  );
}
