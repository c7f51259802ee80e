import { headingYaw, scaleOf } from '../../math/pose';
import type { Pose } from '../../math/types';
import { appStore } from '../store';
import { CaptionLine } from './caption-store';
import { captionOf } from './caption-words';
import { pitchOf, soundRecipes, type SoundName } from './sound-recipes';
import { synthesise } from './synth';
import { VoiceGate } from './voice-gate';

/** Voices that can sound at once: placing them in space (HRTF) is dear on a headset. */
const mostVoices = 10;
/** Each sound a few times, so that no two knocks are quite the same. */
const variants = 3;
/** Impacts: so many at once, and then so many a second. */
const burst = 6;
const perSecond = 14;

/** After so long without a sound the machine's audio rests as well, ms. */
const restAfterMs = 4000;

type Voice = { panner: PannerNode; gain: GainNode; source: AudioBufferSourceNode | null };

/**
 * Short sounds at their places, relative to the head. Nothing is made before the first one is to be heard, which is after
 * a click or a key (browsers demand one); without sound, or without WebAudio, captions still say what would be heard.
 */
export class Sounds {
  private context: AudioContext | null = null;
  private out: GainNode | null = null;
  private readonly buffers = new Map<SoundName, AudioBuffer[]>();
  private readonly voices: Voice[] = [];
  private nextVoice = 0;
  private restTimer: ReturnType<typeof setTimeout> | undefined;
  private played = 0;
  private readonly gate = new VoiceGate(burst, perSecond);
  private readonly captions = new CaptionLine();
  private readonly worldFromHead = new Float32Array([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]);
  private worldPerRoomM = 1;

  /**
   * Plays a sound once.
   * @param at where, world metres; null: at the head. @param strength 0 … 1. @param sizeM radius of the thing that sounds
   */
  play(name: SoundName, at: ArrayLike<number> | null = null, strength = 1, sizeM = 0.1): void {
    const { options, xr } = appStore.getState();
    if (!options.sound && !options.captions) return;
    const nowMs = performance.now();
    if (name.startsWith('impact') && !this.gate.passes(nowMs, strength)) return;
    if (options.captions) this.captions.say(captionOf(name, at, this.worldFromHead, this.worldPerRoomM), nowMs);
    if (!options.sound || (document.hidden && xr.status !== 'presenting')) return;
    try {
      this.sound(name, at, strength, sizeM);
    } catch {
      // A browser that refuses sound is a browser without sound; nothing depends on it.
    }
  }

  /** Once a display frame. @param worldFromRoom for its scale: before a small model, the ears are far apart as well */
  listen(worldFromHead: Pose, worldFromRoom: Pose): void {
    this.worldFromHead.set(worldFromHead);
    this.worldPerRoomM = scaleOf(worldFromRoom) || 1;
    const listener = this.context?.listener;
    if (!listener) return;
    const [m, s] = [worldFromHead, this.worldPerRoomM];
    if (!listener.positionX) {
      // Older Firefox has only these.
      listener.setPosition(m[12]! / s, m[13]! / s, m[14]! / s);
      listener.setOrientation(-m[8]!, -m[9]!, -m[10]!, m[4]!, m[5]!, m[6]!);
      return;
    }
    listener.positionX.value = m[12]! / s;
    listener.positionY.value = m[13]! / s;
    listener.positionZ.value = m[14]! / s;
    listener.forwardX.value = -m[8]!;
    listener.forwardY.value = -m[9]!;
    listener.forwardZ.value = -m[10]!;
    listener.upX.value = m[4]!;
    listener.upY.value = m[5]!;
    listener.upZ.value = m[6]!;
  }

  /** Where the head faces, for captions in the headset. */
  get headYawRad(): number {
    return headingYaw(this.worldFromHead);
  }

  private sound(name: SoundName, at: ArrayLike<number> | null, strength: number, sizeM: number): void {
    const context = this.ready();
    if (!context || !this.out) return;
    if (context.state === 'suspended') void context.resume().catch(() => undefined);
    const voice = this.voice(context, this.out);
    voice.source?.stop();
    const source = context.createBufferSource();
    const choices = this.buffersOf(name, context);
    source.buffer = choices[this.played++ % choices.length]!;
    source.playbackRate.value = name.startsWith('impact') ? pitchOf(sizeM) : 1;
    voice.gain.gain.value = strength;
    place(voice.panner, at ?? this.worldFromHead.subarray(12, 15), this.worldPerRoomM);
    source.connect(voice.gain);
    source.onended = () => source.disconnect();
    source.start();
    voice.source = source;
    clearTimeout(this.restTimer);
    this.restTimer = setTimeout(() => void context.suspend().catch(() => undefined), restAfterMs);
  }

  /** The context, once a person has touched the page; null before. */
  private ready(): AudioContext | null {
    if (this.context) return this.context;
    if (typeof AudioContext === 'undefined' || navigator.userActivation?.hasBeenActive === false) return null;
    const context = new AudioContext({ latencyHint: 'interactive' });
    const limiter = context.createDynamicsCompressor();
    this.out = context.createGain();
    this.out.gain.value = 0.7;
    this.out.connect(limiter).connect(context.destination);
    this.context = context;
    void context.resume().catch(() => undefined);
    document.addEventListener('visibilitychange', () => this.rest());
    appStore.subscribe((state, before) => {
      if (state.options.sound !== before.options.sound || state.xr !== before.xr) this.rest();
    });
    return context;
  }

  /** Silent and without cost while nobody can hear it; the next sound wakes it. */
  private rest(): void {
    const { options, xr } = appStore.getState();
    const isHeard = options.sound && (!document.hidden || xr.status === 'presenting');
    if (!isHeard) void this.context?.suspend().catch(() => undefined);
  }

  /** The longest unused one, or a new one while there are few. */
  private voice(context: AudioContext, out: AudioNode): Voice {
    if (this.voices.length < mostVoices) {
      const panner = context.createPanner();
      panner.panningModel = 'HRTF';
      panner.distanceModel = 'inverse';
      panner.refDistance = 1.5;
      panner.rolloffFactor = 0.9;
      const gain = context.createGain();
      gain.connect(panner).connect(out);
      const voice: Voice = { panner, gain, source: null };
      this.voices.push(voice);
      return voice;
    }
    return this.voices[this.nextVoice++ % mostVoices]!;
  }

  private buffersOf(name: SoundName, context: AudioContext): AudioBuffer[] {
    let made = this.buffers.get(name);
    if (!made) {
      made = Array.from({ length: variants }, (_, seed) => {
        const samples = synthesise(soundRecipes[name], context.sampleRate, seed + 1);
        const buffer = context.createBuffer(1, samples.length, context.sampleRate);
        buffer.copyToChannel(samples, 0);
        return buffer;
      });
      this.buffers.set(name, made);
    }
    return made;
  }
}

function place(panner: PannerNode, at: ArrayLike<number>, worldPerRoomM: number): void {
  const [x, y, z] = [at[0]! / worldPerRoomM, at[1]! / worldPerRoomM, at[2]! / worldPerRoomM];
  if (!panner.positionX) {
    panner.setPosition(x, y, z);
    return;
  }
  panner.positionX.value = x;
  panner.positionY.value = y;
  panner.positionZ.value = z;
}

/** The page's one voice: everybody plays through it. */
export const sounds = new Sounds();
