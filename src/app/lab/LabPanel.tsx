import { useLayoutEffect, useRef } from 'react';
import { useStore } from 'zustand';
import type { Commands } from '../commands';
import { appStore } from '../store';
import { toggleLab } from '../ui/ask';
import { CloseIcon } from '../ui/icons';
import { CompareSection } from './CompareSection';
import { ExportSection } from './ExportSection';
import { GovernSection } from './GovernSection';
import { HeadSection } from './HeadSection';
import { InjectSection } from './InjectSection';
import { injectionWords } from './injection-sliders';
import type { LabHost } from './lab-host';
import { labStore } from './lab-store';
import { plotSpanS } from './live-plots';
import { LivePlots } from './LivePlots';
import { NumbersSection } from './NumbersSection';
import { Section } from './Section';
import { SuiteSection } from './SuiteSection';
import 'uplot/dist/uPlot.min.css';
import '../ui/lab.css';

/** Where the milliseconds go, and what hides them. Not modal, as the settings: the world stays in view. */
export function LabPanel({ host, commands }: { host: LabHost; commands: Commands }) {
  const { options, governor, xr } = useStore(appStore);
  const { head, suite, result, problem } = useStore(labStore);
  const panel = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const element = panel.current;
    element?.focus();
    const { traceId } = labStore.getState();
    const traces = host.head.traces();
    labStore.setState({ traces, traceId: traceId || (traces[0]?.id ?? '') });
    return () => {
      if (element?.contains(document.activeElement)) document.getElementById('lab-button')?.focus();
    };
  }, [host]);

  return (
    <section className="panel settings lab" aria-labelledby="lab-title" ref={panel} tabIndex={-1}>
      <div className="panel-head">
        <h2 id="lab-title">Latency lab</h2>
        <button type="button" className="icon-button" aria-label="Close latency lab" onClick={toggleLab}>
          <CloseIcon />
        </button>
      </div>
      <div className="settings-body">
        {problem !== null && (
          <p className="field-problem" role="alert">
            {problem}
          </p>
        )}
        <CompareSection commands={commands} log={host.spans} />
        <Section title="Live" startsOpen says={`median · 95 % · largest, ${plotSpanS} s`}>
          <LivePlots log={host.spans} isPresenting={xr.status === 'presenting'} />
        </Section>
        <Section title="Make it worse" says={injectionWords(options)}>
          <InjectSection commands={commands} />
        </Section>
        <Section title="Head movement" says={headWords[head]}>
          <HeadSection head={host.head} />
        </Section>
        <Section title="Suite" says={suite ? `${Math.round(100 * suite.share)} %` : (result?.outcome ?? 'not run yet')}>
          <SuiteSection host={host} commands={commands} />
        </Section>
        <Section title="Governor, prediction, patch" says={governorSays(options.governor, governor !== null)}>
          <GovernSection commands={commands} log={host.spans} />
        </Section>
        <Section title="All numbers" says="estimated">
          <NumbersSection host={host} />
        </Section>
        <Section title="Export" says="JSON, CSV, Perfetto">
          <ExportSection host={host} />
        </Section>
      </div>
    </section>
  );
}

const headWords = { free: 'yours', playing: 'plays a trace', recording: 'is recorded' } as const;

function governorSays(isOn: boolean, isActing: boolean): string {
  if (!isOn) return 'off';
  return isActing ? 'holding back' : 'at ease';
}
