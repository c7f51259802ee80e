import { useEffect, useRef } from 'react';
import type { Thumbnail } from '../../session/visits/thumbnail';
import { titleOf, type VisitEntry } from '../../session/visits/visit-entry';
import type { VisitCommands } from '../commands';
import { askToDelete, askToExport, askToOpenVisit } from './ask-visits';
import { formatBytes } from './format';

type VisitLineProps = { entry: VisitEntry; visits: VisitCommands; isBusy: boolean; onGone: () => void };

/** One saved place: its picture, what it is, and what can be done with it. */
export function VisitLine({ entry, visits, isBusy, onGone }: VisitLineProps) {
  const { id, kind, name, worldName, savedAtMs, bytes, thumbnail, damage } = entry;
  const title = titleOf(entry);
  const when = savedAtMs > 0 ? formatWhen(savedAtMs) : 'Unknown time';
  const about = [name && worldName, kind === 'left' ? `${when}, kept by itself` : when, formatBytes(bytes)];
  // Two visits of one name differ in when they were.
  const which = `${title}, ${when}`;
  return (
    <li className="visit" data-damaged={damage !== null}>
      {thumbnail ? <Picture thumbnail={thumbnail} /> : <div className="visit-picture" />}
      <div className="visit-about">
        <p className="visit-title">{title}</p>
        <p className="field-hint">{about.filter(Boolean).join(' · ')}</p>
        {damage !== null && <p className="field-problem">{damage}</p>}
        <div className="visit-buttons">
          {damage === null && (
            <button
              type="button"
              className="button button-quiet"
              aria-label={`Open ${which}`}
              aria-disabled={isBusy}
              onClick={() => !isBusy && askToOpenVisit(visits, id)}
            >
              Open
            </button>
          )}
          <button
            type="button"
            className="button button-quiet"
            aria-label={`Export ${which}`}
            onClick={() => void askToExport(visits, entry)}
          >
            Export
          </button>
          <button
            type="button"
            className="button button-quiet"
            aria-label={`Delete ${which}`}
            aria-disabled={isBusy}
            onClick={() => {
              if (isBusy) return;
              onGone();
              void askToDelete(visits, entry);
            }}
          >
            Delete
          </button>
        </div>
      </div>
    </li>
  );
}

function Picture({ thumbnail: { width, height, rgb } }: { thumbnail: Thumbnail }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const image = context.createImageData(width, height);
    for (let t = 0; t < width * height; t++) {
      for (let c = 0; c < 3; c++) image.data[4 * t + c] = rgb[3 * t + c]!;
      image.data[4 * t + 3] = 255;
    }
    context.putImageData(image, 0, 0);
  }, [width, height, rgb]);
  return <canvas className="visit-picture" ref={canvas} width={width} height={height} aria-hidden="true" />;
}

const whenFormat = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

function formatWhen(savedAtMs: number): string {
  // A file may say any time; beyond these there are no dates.
  return Math.abs(savedAtMs) <= 8.64e15 ? whenFormat.format(savedAtMs) : 'Unknown time';
}
