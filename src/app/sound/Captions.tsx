import { useStore } from 'zustand';
import { appStore } from '../store';
import { captionStore } from './caption-store';
import './captions.css';

/** What sounds say, in words on the page; read out by screen readers when they have nothing better to say. */
export function Captions() {
  const isOn = useStore(appStore, (state) => state.options.captions);
  const text = useStore(captionStore, (state) => state.text);
  // The region must be there before its words are, or a screen reader does not notice them.
  return isOn ? (
    <p className="caption" role="status" aria-live="polite" aria-label="Captions" data-empty={text === ''}>
      {text}
    </p>
  ) : null;
}
