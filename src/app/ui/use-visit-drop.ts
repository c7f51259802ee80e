import { useEffect } from 'react';
import type { VisitCommands } from '../commands';
import { askToImport } from './ask-visits';

/** A visit file that is dropped anywhere on the page is imported; without this the browser would leave the page for it. */
export function useVisitDrop(visits: VisitCommands, enabled: boolean): void {
  useEffect(() => {
    if (!enabled) return;
    const hasFile = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;
    const over = (event: DragEvent): void => {
      if (hasFile(event)) event.preventDefault();
    };
    const drop = (event: DragEvent): void => {
      if (!hasFile(event)) return;
      event.preventDefault();
      const file = event.dataTransfer?.files[0];
      if (file) void askToImport(visits, file);
    };
    window.addEventListener('dragover', over);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', over);
      window.removeEventListener('drop', drop);
    };
  }, [visits, enabled]);
}
