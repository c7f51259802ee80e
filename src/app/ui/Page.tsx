import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import type { Commands, VisitCommands } from '../commands';
import type { LabHost } from '../lab/lab-host';
import { LabSlot } from '../lab/LabSlot';
import { Captions } from '../sound/Captions';
import { appStore } from '../store';
import { AgeNotice } from './AgeNotice';
import { CornerBar } from './CornerBar';
import { DebugLegend } from './DebugLegend';
import { HelpDialog } from './HelpDialog';
import { Landing } from './Landing';
import { Notices } from './Notices';
import { OpeningStatus } from './OpeningStatus';
import { pageStore } from './page-state';
import { SettingsPanel } from './SettingsPanel';
import { StatsPanel } from './StatsPanel';
import { Tools } from './Tools';
import { useFoldOnMovement } from './use-fold-on-movement';
import { useShortcuts } from './use-shortcuts';
import { useVisitDrop } from './use-visit-drop';
import { VisitsPanel } from './VisitsPanel';
import './page.css';
import './landing.css';
import './panels.css';
import './stats.css';
import './settings.css';
import './visits.css';
import './help.css';
import './notices.css';

/**
 * Everything a person sees over the world. It covers the window but lets pointers through to the canvas wherever there
 * is no control; it reads `appStore` and asks `commands`, and never touches the picture.
 */
export function Page({ commands, visits, lab }: { commands: Commands; visits: VisitCommands; lab: LabHost }) {
  const hidden = useStore(appStore, (state) => state.options.noui);
  const statsOpen = useStore(appStore, (state) => state.statsOpen);
  const landing = useStore(pageStore, (state) => state.landing);
  const settingsOpen = useStore(pageStore, (state) => state.settingsOpen);
  const visitsOpen = useStore(pageStore, (state) => state.visitsOpen);
  const labOpen = useStore(pageStore, (state) => state.labOpen);
  const landingElement = useRef<HTMLDivElement>(null);
  const before = useRef(landing);
  useShortcuts(commands, lab, !hidden);
  useVisitDrop(visits, !hidden);
  useFoldOnMovement();
  useEffect(() => {
    // The button that unfolded it is gone: hand the focus on.
    if (landing === 'open' && before.current === 'folded') landingElement.current?.focus();
    before.current = landing;
  }, [landing]);
  if (hidden) {
    return (
      <div className="reverie-page">
        <Notices errorsOnly />
      </div>
    );
  }
  return (
    <main
      className="reverie-page"
      data-landing={landing}
      data-settings={settingsOpen || visitsOpen || labOpen}
      data-lab={labOpen}
      data-stats={statsOpen}
    >
      {landing === 'open' ? <Landing commands={commands} ref={landingElement} /> : <CornerBar commands={commands} />}
      <div className="side">
        <Tools commands={commands} />
        {settingsOpen && <SettingsPanel commands={commands} />}
        {visitsOpen && <VisitsPanel visits={visits} />}
        {labOpen && <LabSlot host={lab} commands={commands} />}
        {statsOpen && <StatsPanel />}
      </div>
      <Notices errorsOnly={false}>
        <AgeNotice />
        <DebugLegend />
      </Notices>
      <OpeningStatus />
      <Captions />
      <HelpDialog />
    </main>
  );
}
