import { useFrame, useThree } from '@react-three/fiber';
import { useEffect, useMemo } from 'react';
import { scaleOf } from '../math/pose';
import { StickPress } from '../xr/stick-press';
import type { Commands } from './commands';
import type { ButtonTap } from './lab/button-tap';
import { headsetContent, headsetSpanS } from './lab/headset-content';
import { HeadsetPanel } from './lab/headset-panel';
import { labStore } from './lab/lab-store';
import { intervalSource, RecentSpans } from './lab/live-sources';
import { emptyRows, fillRows } from './lab/plot-rows';
import { switchAb } from './lab/switch-mode';
import type { VisitHead } from './lab/visit-head';
import { appStore } from './store';
import { pageStore } from './ui/page-state';
import type { Visit } from './visit';

const redrawMs = 400;
const sparkRows = 180;

type HeadsetLabProps = { visit: Visit; director: Pick<Commands, 'set'>; head: VisitHead; tap: ButtonTap };

/**
 * The lab inside the headset: a press of the left stick shows it and puts it away, and it is there from the start when
 * the lab was open on the page. While it is shown, B or Y shows the other mode instead of acting on the world.
 */
export function HeadsetLab({ visit, director, head, tap }: HeadsetLabProps) {
  const { gl, scene } = useThree();
  const press = useMemo(() => new StickPress('left'), []);
  const panel = useMemo(() => new HeadsetPanel(), []);
  const drawing = useMemo(() => ({ atMs: Number.NEGATIVE_INFINITY, spans: new RecentSpans(), rows: emptyRows(1) }), []);

  useEffect(() => {
    scene.add(panel);
    const stop = appStore.subscribe(({ xr }, before) => {
      if (xr.status === 'presenting' && before.xr.status !== 'presenting') {
        labStore.setState({ inHeadset: pageStore.getState().labOpen });
      }
    });
    return () => {
      stop();
      tap.isWanted = false;
      panel.removeFromParent();
      panel.dispose();
    };
  }, [scene, panel, tap]);

  useFrame((_, dtS) => {
    head.frame(visit.spans.display.get(visit.latency.row, 'atMs'));
    const session = gl.xr.getSession();
    if (press.update(session?.inputSources ?? null)) labStore.setState(({ inHeadset }) => ({ inHeadset: !inHeadset }));
    const isShown = session !== null && session !== undefined && labStore.getState().inHeadset;
    tap.isWanted = isShown;
    if (isShown !== panel.visible) {
      if (isShown) panel.show();
      else panel.hide();
      drawing.atMs = Number.NEGATIVE_INFINITY;
    }
    if (!isShown) return;
    if (tap.takePress()) {
      switchAb(director, visit.spans);
      // The mode is the one thing that is read at once.
      drawing.atMs = Number.NEGATIVE_INFINITY;
    }
    panel.place(visit.worldFromHead, scaleOf(visit.worldFromRoom), dtS);
    const nowMs = performance.now();
    if (nowMs - drawing.atMs < redrawMs) return;
    drawing.atMs = nowMs;
    const content = headsetContent(visit.spans, drawing.spans, appStore.getState(), labStore.getState().ab, nowMs);
    panel.draw(content, fillRows(intervalSource(visit.spans.display), nowMs, headsetSpanS, sparkRows, drawing.rows));
  });
  return null;
}
