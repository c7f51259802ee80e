import { createContext, useContext } from 'react';
import type { Commands, VisitCommands } from '../commands';
import type { HeadMotion } from '../lab/lab-host';
import type { Stats } from '../store';

/** What the menu needs of the rest: the same commands as the page. */
export type MenuHost = {
  commands: Commands;
  visits: VisitCommands;
  head: HeadMotion;
  stats: () => Stats;
};

export const MenuHostContext = createContext<MenuHost | null>(null);

export function useMenuHost(): MenuHost {
  const host = useContext(MenuHostContext);
  if (!host) throw new Error('A page of the menu was drawn outside of the menu.');
  return host;
}
