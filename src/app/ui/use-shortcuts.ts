import { useEffect } from 'react';
import type { Commands } from '../commands';
import { controlTakesKey } from '../../xr/key-focus';
import { shortcutFor } from '../keys';
import { nextDebugView } from '../options';
import { appStore } from '../store';
import { askForVr, askToLeaveVr, closeTopmost, toggleHelp, toggleSettings, toggleStats, toggleVisits } from './ask';
import { vrOffer } from './vr-offer';

/** Listens for the page's shortcut keys; not while the page's controls are hidden. */
export function useShortcuts(commands: Commands, enabled: boolean): void {
  useEffect(() => {
    if (!enabled) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || controlTakesKey(event.target, event.key)) return;
      const shortcut = shortcutFor(event);
      if (shortcut === null) return;
      // Behind the help dialog nothing else reacts.
      if (appStore.getState().helpOpen && shortcut !== 'help') return;
      if (shortcut === 'stats') toggleStats();
      else if (shortcut === 'help') toggleHelp();
      else if (shortcut === 'settings') toggleSettings();
      else if (shortcut === 'visits') toggleVisits();
      else if (shortcut === 'debug') commands.set({ debug: nextDebugView(appStore.getState().options.debug) });
      else if (shortcut === 'new-world') commands.newSeed();
      else if (shortcut === 'recentre') commands.recentre();
      else if (shortcut === 'close') closeTopmost();
      else {
        const { does } = vrOffer(appStore.getState());
        if (does === 'enter') askForVr(commands);
        if (does === 'exit') askToLeaveVr(commands);
      }
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [commands, enabled]);
}
