import { createRoot } from 'react-dom/client';
import { App } from './app/App';
import { installAutomation } from './app/automation';
import { Director } from './app/director';
import { startGoverning } from './app/governing';
import { visitLab } from './app/lab/visit-lab';
import { keepSettings, loadSettings } from './app/settings/keep-settings';
import { settingsShelf } from './app/settings/settings-shelf';
import { startStats } from './app/stats';
import { appStore, notify } from './app/store';
import { parseUrlOptions, toUrlSearch } from './app/url-options';
import { Visit } from './app/visit';
import { visitHostOf } from './app/visit-host';
import { Visits } from './app/visits';
import { Autosave } from './app/visits-autosave';
import { VisitStore } from './session/visits/visit-store';
import { detectXr } from './xr/capabilities';
import { installEmulator } from './xr/emulator';

const shelf = settingsShelf();
const saved = loadSettings(shelf);
const { options, problems } = parseUrlOptions(location.search);
// What the address asks for goes before what this browser remembers.
appStore.setState((state) => ({ options: { ...state.options, ...saved, ...options } }));
if (problems.length > 0) notify({ id: 'url', level: 'warning', text: problems.join(' ') });

// The XR store asks for navigator.xr once, so an emulator has to be there before it. Production waits for nothing here:
// `window.reverie` is there when the page has loaded.
if (import.meta.env.DEV) await installEmulator();

const visit: Visit = new Visit(
  () => appStore.getState().options,
  (frame) => director.release(frame),
);
const director = new Director(visit, new URL('.', location.href).href);
void director.begin();
const store = new VisitStore();
const visits = new Visits(visitHostOf(director, visit), store);
new Autosave(visitHostOf(director, visit), store).start();
installAutomation(director, visit, visits);
// The address always gives the same visit back: to share it, or to reload.
appStore.subscribe((state, before) => {
  if (state.options === before.options) return;
  history.replaceState(history.state, '', `${location.pathname}${toUrlSearch(state.options)}${location.hash}`);
});
// While there are bodies in the world, the worker tells what they bounce off.
appStore.subscribe((state, before) => {
  if (state.bodies !== before.bodies) director.configure();
});
keepSettings(shelf);
startStats(visit);
startGoverning(visit, director);

createRoot(document.getElementById('root')!).render(<App director={director} visit={visit} visits={visits} lab={visitLab(visit)} />);

void detectXr().then(({ vr, ar, reason }) => {
  appStore.setState({ arHere: ar });
  if (appStore.getState().xr.status !== 'checking') return;
  appStore.setState({ xr: vr ? { status: 'available' } : { status: 'unavailable', reason } });
});
