import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { appStore, dismiss, type Notice } from '../store';
import { CloseIcon } from './icons';

/**
 * Sentences for the visitor. Both regions are on the page from the start, because a live region that arrives together
 * with its text is often not read. `errorsOnly`: the page is embedded and keeps the rest to itself. `children`: what
 * the page says in the same place, above them.
 */
export function Notices({ errorsOnly, children }: { errorsOnly: boolean; children?: ReactNode }) {
  const notices = useStore(appStore, (state) => state.notices);
  const errors = notices.filter((notice) => notice.level === 'error');
  const others = errorsOnly ? [] : notices.filter((notice) => notice.level !== 'error');
  return (
    <div className="notices">
      {children}
      <div role="alert" aria-atomic="false" aria-relevant="additions text">
        {errors.map((notice) => (
          <NoticeLine key={notice.id} notice={notice} />
        ))}
      </div>
      <div role="status" aria-atomic="false" aria-relevant="additions text">
        {others.map((notice) => (
          <NoticeLine key={notice.id} notice={notice} />
        ))}
      </div>
    </div>
  );
}

const levelWords = { info: 'Note', warning: 'Warning', error: 'Error' } as const;

function NoticeLine({ notice }: { notice: Notice }) {
  const { id, level, text, action } = notice;
  return (
    <div className="notice" data-level={level}>
      <p>
        <span className="visually-hidden">{levelWords[level]}: </span>
        {text}
      </p>
      {action && (
        <button type="button" className="button" onClick={action.run}>
          {action.label}
        </button>
      )}
      <button type="button" className="icon-button" aria-label={`Dismiss: ${text}`} onClick={() => dismiss(id)}>
        <CloseIcon />
      </button>
    </div>
  );
}
