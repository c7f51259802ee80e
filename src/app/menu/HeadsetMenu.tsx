import { useEffect, useMemo, useState, type ComponentType } from 'react';
import { useStore } from 'zustand';
import type { VisitCommands } from '../commands';
import type { Director } from '../director';
import type { VisitLab } from '../lab/visit-lab';
import { reasonOf } from '../reason';
import { readStats } from '../stats';
import { appStore, notify } from '../store';
import type { Visit } from '../visit';
import type { MenuHost } from './menu-host';
import type { MenuRoomProps } from './MenuRoom';

type HeadsetMenuProps = { visit: Visit; director: Director; visits: VisitCommands; lab: VisitLab };

/**
 * The menu inside the headset. Its code, its library for layout and its font come with the first session and not with the
 * page: they are larger than the rest of what a session needs, and nobody without a headset has any use for them.
 */
export function HeadsetMenu({ visit, director, visits, lab }: HeadsetMenuProps) {
  const isPresenting = useStore(appStore, ({ xr }) => xr.status === 'presenting');
  const [Room, setRoom] = useState<ComponentType<MenuRoomProps> | null>(null);
  const host = useMemo(
    (): MenuHost => ({ commands: director, visits, head: lab.head, stats: () => readStats(visit) }),
    [visit, director, visits, lab],
  );

  useEffect(() => {
    if (!isPresenting || Room) return;
    let isHere = true;
    import('./MenuRoom').then(
      ({ MenuRoom }) => isHere && setRoom(() => MenuRoom),
      (error: unknown) =>
        notify({
          id: 'menu',
          level: 'error',
          text: `The menu could not be loaded: ${reasonOf(error)} Check the connection, leave and enter again; the rest works.`,
        }),
    );
    return () => {
      isHere = false;
    };
  }, [isPresenting, Room]);

  if (!isPresenting || !Room) return null;
  return <Room visit={visit} host={host} roomFromHead={director.stage.roomFromHead} />;
}
