import { useEffect } from 'react';
import type { Commands } from '../commands';
import { controlTakesKey } from '../../xr/key-focus';
import { shortcutFor } from '../keys';
import { things } from '../objects/things';
import { nextDebugView } from '../options';
import { appStore } from '../store';
import { askToEnter, askToLeave, closeTopmost, toggleHelp, toggleLab, toggleSettings, toggleStats, toggleVisits } from './ask';
import type { LabHost } from '../lab/lab-host';
import { switchAb } from '../lab/switch-mode';
import { pageStore } from './page-state';
import { arOffer, vrOffer } from './vr-offer';

/** Listens for the page's shortcut keys; not while the page's controls are hidden. */
export function useShortcuts(commands: Commands, lab: Pick<LabHost, 'spans'>, enabled: boolean): void {
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
      else if (shortcut === 'lab') toggleLab();
      else if (shortcut === 'compare') {
        // A and B are shown in the lab; with it closed nobody would know what the key did.
        if (pageStore.getState().labOpen) switchAb(commands, lab.spans);
      } else if (shortcut === 'debug') commands.set({ debug: nextDebugView(appStore.getState().options.debug) });
      else if (shortcut === 'new-world') commands.newSeed();
      else if (shortcut === 'recentre') commands.recentre();
      else if (shortcut === 'throw') void things.throwAt(null);
      else if (shortcut === 'clear-things') things.clear();
      else if (shortcut === 'picture') void commands.takePicture();
      else if (shortcut === 'close') closeTopmost();
      else {
        const offer = shortcut === 'ar' ? arOffer(appStore.getState()) : vrOffer(appStore.getState());
        if (offer?.does === 'enter') askToEnter(commands, shortcut === 'ar' ? 'immersive-ar' : 'immersive-vr');
        if (offer?.does === 'exit') askToLeave(commands);
      }
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [commands, lab, enabled]);
}
