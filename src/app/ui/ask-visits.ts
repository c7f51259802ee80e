import { titleOf, type VisitEntry } from '../../session/visits/visit-entry';
import type { VisitCommands } from '../commands';
import { dismiss, notify } from '../store';
import { showRefusal } from './ask';

const refusalId = 'visits';

async function tell(work: Promise<unknown>): Promise<boolean> {
  try {
    await work;
    dismiss(refusalId);
    return true;
  } catch (error) {
    showRefusal(refusalId, error);
    return false;
  }
}

/** @returns whether it was saved */
export function askToSave(visits: VisitCommands, name: string): Promise<boolean> {
  return tell(visits.saveVisit(name));
}

export function askToOpenVisit(visits: VisitCommands, id: string): void {
  void tell(visits.openVisit(id));
}

/** Gone at once, and one button brings it back. */
export async function askToDelete(visits: VisitCommands, entry: VisitEntry): Promise<void> {
  if (!(await tell(visits.deleteVisit(entry.id)))) return;
  const undo = async (): Promise<void> => {
    if (await tell(visits.undoDelete())) dismiss('visit-deleted');
  };
  notify({
    id: 'visit-deleted',
    level: 'info',
    text: `"${titleOf(entry)}" was deleted.`,
    action: { label: 'Undo', run: () => void undo() },
  });
}

/** Hands the file to the browser's downloads. */
export async function askToExport(visits: VisitCommands, entry: VisitEntry): Promise<void> {
  await tell(
    visits.exportVisit(entry.id).then((file) => {
      const url = URL.createObjectURL(file);
      const link = document.createElement('a');
      link.href = url;
      link.download = fileName(entry);
      link.click();
      // The download has taken hold of it by then.
      setTimeout(() => URL.revokeObjectURL(url), 60_000);
    }),
  );
}

export async function askToImport(visits: VisitCommands, file: Blob): Promise<void> {
  let id = '';
  const imported = visits.importVisit(file).then((newId) => (id = newId));
  if (!(await tell(imported))) return;
  notify({
    id: 'visit-imported',
    level: 'info',
    text: 'The visit is in your list now.',
    action: {
      label: 'Open it',
      run: () => {
        dismiss('visit-imported');
        askToOpenVisit(visits, id);
      },
    },
  });
}

/** A name that every file system takes: 'by-the-pool-2026-11-22.reverie'. */
export function fileName(entry: VisitEntry): string {
  const words = titleOf(entry)
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  const day = entry.savedAtMs > 0 ? `-${new Date(entry.savedAtMs).toISOString().slice(0, 10)}` : '';
  return `${words || 'visit'}${day}.reverie`;
}
