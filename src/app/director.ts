import type { Pose } from '../math/types';
import type { FromWorker, LayoutRef, WorldInfo } from '../world/contracts';
import { loadCatalogue, simulatorId, type Catalogue } from '../world/catalogue';
import { WorldClient } from '../world/client';
import type { XrMode } from '../xr/xr-mode';
import type { VisitMemory } from '../world/visit-memory';
import { wallsOf, type Walls } from './collider';
import type { Commands } from './commands';
import { enterSession } from './enter-session';
import { hostSettingsOf } from './host-settings';
import type { Options } from './options';
import { reasonOf } from './reason';
import { noStage, type StageHooks } from './stage-hooks';
import type { Continued, Standing } from './standing';
import { appStore, dismiss, notify } from './store';
import { validateOptions } from './validate-options';
import type { Visit } from './visit';

const largestSeed = 2 ** 31 - 1;

/**
 * Conducts worlds, worker and options: the one implementation of {@link Commands}. The simulator starts at once, so
 * that something is alive while a neural world loads, and it is what remains when loading fails.
 */
export class Director implements Commands {
  stage: StageHooks = noStage;
  /** What opens the world that runs, and its seed. */
  running: { worldId: string; seed: number } | null = null;
  private client: WorldClient;
  private catalogue: Catalogue | null = null;
  private ready: Promise<void> = Promise.resolve();
  private start: Pose | null = null;
  private layout: LayoutRef | null = null;
  private walls: Walls = wallsOf(null);
  private openings = 0;
  /** Openings that have not ended; starting the same world anew is none. */
  private loads = 0;
  /** The running world failed: picking it again starts it again. */
  private stopped = false;

  constructor(
    private readonly visit: Visit,
    private readonly baseUrl: string,
  ) {
    this.client = this.startWorker();
    visit.onFirstFrame = () => appStore.setState({ alive: true });
  }

  /** Loads the catalogue, shows the simulator, then opens the wanted world. Never rejects. */
  begin(): Promise<void> {
    this.ready = this.beginOnce();
    return this.ready;
  }

  /** Resolves when the first wanted world runs, or has said why it does not. */
  whenReady(): Promise<void> {
    return this.ready;
  }

  async open(idOrUrl: string): Promise<void> {
    const { options, world, opening } = appStore.getState();
    appStore.setState({ options: { ...options, world: idOrUrl } });
    // Picking the running world while another loads calls that one off.
    if (world?.id === idOrUrl && !opening && !this.stopped && !this.client.isDead) return;
    await this.load(idOrUrl);
  }

  enter(mode: XrMode): Promise<void> {
    return enterSession(this.stage, mode);
  }

  exit(): Promise<void> {
    return this.stage.exit();
  }

  set(changes: Partial<Options>): void {
    const checked = validateOptions(changes);
    const before = appStore.getState().options;
    const options = { ...before, ...checked };
    appStore.setState({ options });
    if (options.trace && !before.trace) this.visit.trace.clear();
    this.showAsWished(options);
    this.configure();
    // Frames in the old light would stand between those in the new.
    if (options.palette !== before.palette || options.hour !== before.hour) this.visit.view.forgetOlder();
    if (options.world !== before.world || options.provider !== before.provider) void this.load(options.world);
    else if (options.seed !== before.seed) void this.reopen();
  }

  newSeed(): void {
    this.set({ seed: Math.floor(Math.random() * largestSeed) });
  }

  recentre(): void {
    if (this.start) this.visit.stand(this.start, this.stage.roomFromHead());
  }

  takePicture(): Promise<void> {
    return this.stage.takePicture();
  }

  restart(): void {
    const standing = this.standing();
    this.replaceWorker();
    // Back to the same place: the picture that stands there now is replaced by the same view.
    void this.openFirst(appStore.getState().options.world, standing);
  }

  /** A copy of all that the worker knows of this visit. @throws Error with a sentence */
  snapshot(): Promise<VisitMemory> {
    return this.client.snapshot();
  }

  /** Tells the worker again what it may do: after options, or when a session has begun or ended. */
  configure(): void {
    this.client.configure(hostSettingsOf(appStore.getState()));
  }

  private showAsWished({ reprojection, debug, edges }: Options): void {
    const { view } = this.visit;
    view.setMode(reprojection);
    view.setDebugView(debug);
    view.setSoftEdges(edges === 'soft');
  }

  private async beginOnce(): Promise<void> {
    const { options } = appStore.getState();
    this.showAsWished(options);
    this.catalogue = await loadCatalogue(fetch.bind(globalThis), this.baseUrl);
    if (this.catalogue.problem) notify({ id: 'catalogue', level: 'warning', text: this.catalogue.problem });
    appStore.setState({
      worlds: this.catalogue.worlds.map(({ id, name, description, kind }) => ({ id, name, description, kind })),
    });
    await this.openFirst(options.world, null);
  }

  /** The simulator at once, then the wanted world from the same place. */
  private async openFirst(wanted: string, at: Standing | null): Promise<void> {
    if (at && at.on !== 'courtyards') {
      // Over its own map the simulator would take the person away from there; the old picture stands meanwhile.
      const asked = this.openings + 1;
      if ((await this.load(wanted, at)) || this.openings !== asked) return;
      const why = appStore.getState().notices.find(({ id }) => id === 'world');
      await this.load(simulatorId);
      if (why) notify(why);
      return;
    }
    // Whoever picked another world meanwhile, or restarted a dead worker, goes on from there.
    const isRunning = await this.load(simulatorId, at);
    if (isRunning && wanted !== simulatorId) await this.load(wanted);
  }

  /** @returns whether the world runs now: false when it failed, or when something else was asked for meanwhile */
  async load(idOrUrl: string, at?: Standing | null, continued?: Continued): Promise<boolean> {
    const opening = ++this.openings;
    const { options } = appStore.getState();
    const from = at === undefined ? this.standing() : at;
    this.loads++;
    try {
      if (this.client.isDead) this.replaceWorker();
      const target = continued?.target ?? this.catalogue?.open(idOrUrl);
      if (!target) throw new Error('The list of worlds is still loading. Try again in a moment.');
      appStore.setState({ opening: { worldId: idOrUrl, progress: null } });
      const { provider, seed } = options;
      const memory = continued?.memory ?? null;
      const warnings = await this.client.open(idOrUrl, target, provider, seed, from?.worldFromHead ?? null, from?.on ?? null, memory);
      if (opening !== this.openings) return false;
      this.running = { worldId: idOrUrl, seed };
      dismiss('world');
      dismiss('provider');
      if (warnings.length > 0) notify({ id: 'provider', level: 'info', text: warnings.join(' ') });
      return true;
    } catch (error) {
      // A dead worker has said so already, with a way out.
      if (opening !== this.openings || this.client.isDead) return false;
      const running = appStore.getState().world;
      const rest = running ? ` ${running.name} keeps running.` : '';
      notify({ id: 'world', level: 'error', text: `${reasonOf(error)}${rest}` });
      return false;
    } finally {
      this.loads--;
      if (opening === this.openings) appStore.setState({ opening: null });
    }
  }

  private replaceWorker(): void {
    this.client.dispose();
    this.client = this.startWorker();
    this.stopped = false;
    dismiss('worker');
    dismiss('world');
  }

  /** Another world over the same map continues where the person stands; any other world chooses its own start. */
  private standing(): Standing | null {
    const { options } = appStore.getState();
    if (!this.layout || this.layout.seed !== options.seed) return null;
    return { worldFromHead: this.visit.standing(), on: this.layout.kind };
  }

  private async reopen(): Promise<void> {
    try {
      await this.client.reopen(appStore.getState().options.seed, null);
    } catch (error) {
      this.sayRestart(`The world could not start again: ${reasonOf(error)}`, 'world');
    } finally {
      // A world that imagines tells its progress here too.
      if (this.loads === 0) appStore.setState({ opening: null });
    }
  }

  private startWorker(): WorldClient {
    const client = new WorldClient({
      frame: (frame) => this.take(() => this.visit.receive(frame)),
      overtaken: (frame) => this.take(() => this.visit.view.queueOlder(frame)),
      message: (message) => this.hear(message),
      silent: (why) => this.sayRestart(why),
      answered: () => dismiss('worker'),
    });
    client.configure(hostSettingsOf(appStore.getState()));
    this.visit.actions = client.actions;
    return client;
  }

  /** Gives buffers of drawn frames back to the worker that is running now. */
  release(buffers: readonly ArrayBuffer[]): void {
    this.client.release(buffers);
  }

  private take(receive: () => void): void {
    try {
      receive();
    } catch (error) {
      notify({ id: 'frame', level: 'error', text: `A frame could not be drawn: ${reasonOf(error)}` });
    }
  }

  private hear(message: Exclude<FromWorker, { type: 'frame' } | { type: 'alive' }>): void {
    switch (message.type) {
      case 'progress':
        appStore.setState({ opening: { worldId: message.worldId, progress: message.progress } });
        return;
      case 'opened':
        this.opened(message.info, message.worldFromHead, message.keptPose, message.seed);
        return;
      case 'advice':
        if (message.message === null) dismiss('advice');
        else notify({ id: 'advice', level: 'warning', text: message.message });
        return;
      case 'map':
        this.walls.learn(message.seed, message.blocks);
        return;
      case 'map-failed':
        this.sayRestart(message.message, 'map');
        return;
      case 'failed':
        this.stopped = true;
        this.sayRestart(message.message);
        return;
      default: {
        const never: never = message;
        throw new Error(`Unknown message from the worker: ${JSON.stringify(never)}`);
      }
    }
  }

  private sayRestart(text: string, id = 'worker'): void {
    notify({ id, level: 'error', text, action: { label: 'Restart', run: () => this.restart() } });
  }

  private opened(info: WorldInfo, worldFromHead: Pose, keptPose: boolean, seed: number): void {
    this.stopped = false;
    dismiss('worker');
    dismiss('map');
    if (this.running) this.running.seed = seed;
    this.layout = info.layout;
    this.walls = wallsOf(info.layout);
    this.visit.collider = this.walls.collider;
    this.visit.hasDepth = info.hasDepth;
    this.visit.model.reset();
    dismiss('advice');
    // The worker has begun to remember afresh.
    this.visit.view.forgetOlder();
    if (!keptPose) {
      // Another place: the old picture would hang in the wrong world.
      this.visit.view.clear();
      this.visit.stand(worldFromHead, this.stage.roomFromHead());
      this.start = worldFromHead;
    } else if (!this.start) {
      this.start = worldFromHead;
    }
    appStore.setState({ world: info });
    // Another seed was chosen while this world was loading.
    if (seed !== appStore.getState().options.seed) void this.reopen();
  }
}
