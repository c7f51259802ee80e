import { useStore } from 'zustand';
import type { Commands } from '../commands';
import { appStore } from '../store';
import { toggleHelp, toggleLab, toggleSettings, toggleStats, toggleVisits } from './ask';
import { HelpIcon, LabIcon, PictureIcon, SettingsIcon, StatsIcon, VisitsIcon } from './icons';
import { pageStore } from './page-state';

/** The small buttons in the corner. */
export function Tools({ commands }: { commands: Pick<Commands, 'takePicture'> }) {
  const statsOpen = useStore(appStore, (state) => state.statsOpen);
  const settingsOpen = useStore(pageStore, (state) => state.settingsOpen);
  const visitsOpen = useStore(pageStore, (state) => state.visitsOpen);
  const labOpen = useStore(pageStore, (state) => state.labOpen);
  return (
    <div className="tools" role="group" aria-label="Panels">
      <button
        type="button"
        className="icon-button"
        aria-label="Statistics"
        aria-pressed={statsOpen}
        aria-keyshortcuts="P `"
        title="Statistics (P)"
        onClick={toggleStats}
      >
        <StatsIcon />
      </button>
      <button
        type="button"
        className="icon-button"
        id="lab-button"
        aria-label="Latency lab"
        aria-expanded={labOpen}
        aria-keyshortcuts="L"
        title="Latency lab (L)"
        onClick={toggleLab}
      >
        <LabIcon />
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label="Take a picture"
        aria-keyshortcuts="I"
        title="Take a picture (I)"
        onClick={() => void commands.takePicture()}
      >
        <PictureIcon />
      </button>
      <button
        type="button"
        className="icon-button"
        id="visits-button"
        aria-label="Visits"
        aria-expanded={visitsOpen}
        aria-keyshortcuts="K"
        title="Visits (K)"
        onClick={toggleVisits}
      >
        <VisitsIcon />
      </button>
      <button
        type="button"
        className="icon-button"
        id="settings-button"
        aria-label="Settings"
        aria-expanded={settingsOpen}
        aria-keyshortcuts="O"
        title="Settings (O)"
        onClick={toggleSettings}
      >
        <SettingsIcon />
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label="Help"
        aria-haspopup="dialog"
        aria-keyshortcuts="H ?"
        title="Help (H)"
        onClick={toggleHelp}
      >
        <HelpIcon />
      </button>
    </div>
  );
}
