import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { appStore } from '../store';
import { helpTables } from './help-tables';
import { CloseIcon } from './icons';

function closeHelp(): void {
  appStore.setState({ helpOpen: false });
}

/** All controls of all devices. A native modal dialog: it traps focus, closes on Esc and gives focus back by itself. */
export function HelpDialog() {
  const open = useStore(appStore, (state) => state.helpOpen);
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    if (!element) return;
    if (open && !element.open) element.showModal();
    if (!open && element.open) element.close();
  }, [open]);
  return (
    <dialog
      ref={dialog}
      className="panel help"
      aria-labelledby="help-title"
      onClose={closeHelp}
      onClick={(event) => event.target === dialog.current && closeHelp()}
    >
      <div className="panel-inner">
        <div className="panel-head">
          <h2 id="help-title">How to move and look</h2>
          <button type="button" className="icon-button" aria-label="Close help" onClick={closeHelp}>
            <CloseIcon />
          </button>
        </div>
        <div className="help-tables" role="region" aria-label="Controls by device" tabIndex={0}>
          {helpTables.map(({ device, rows }) => (
            <table key={device}>
              <caption>{device}</caption>
              <tbody>
                {rows.map(({ does, keys, words }) => (
                  <tr key={does}>
                    <th scope="row">{does}</th>
                    <td>
                      {keys?.map((key) => (
                        <kbd key={key}>{key}</kbd>
                      ))}
                      {words}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          ))}
        </div>
      </div>
    </dialog>
  );
}
