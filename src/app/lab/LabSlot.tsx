import { useEffect, useState, type ComponentType } from 'react';
import type { Commands } from '../commands';
import { reasonOf } from '../reason';
import { notify } from '../store';
import { closeLab } from '../ui/page-state';
import type { LabHost } from './lab-host';

type PanelProps = { host: LabHost; commands: Commands };

/** The lab's own code and its plotting library are fetched when it is opened for the first time, not with the page. */
export function LabSlot(props: PanelProps) {
  const [Panel, setPanel] = useState<ComponentType<PanelProps> | null>(null);
  useEffect(() => {
    let isHere = true;
    import('./LabPanel').then(
      ({ LabPanel }) => isHere && setPanel(() => LabPanel),
      (error: unknown) => {
        closeLab();
        notify({ id: 'lab', level: 'error', text: `The latency lab could not be loaded: ${reasonOf(error)} Check the connection and open it again.` });
      },
    );
    return () => {
      isHere = false;
    };
  }, []);
  if (Panel) return <Panel {...props} />;
  return (
    <p className="panel lab-loading" role="status">
      The lab is loading…
    </p>
  );
}
