import type { Commands } from '../../commands';
import { validateOptions } from '../../validate-options';
import { askToOpen } from '../ask';
import { TextField } from '../fields';

/** Opens somebody else's world. */
export function PackageField({ commands }: { commands: Commands }) {
  return (
    <TextField
      label="Open a package"
      inputMode="url"
      placeholder="https://…/manifest.json"
      value=""
      onCommit={(text) => {
        const address = text.trim();
        if (address === '') return null;
        try {
          validateOptions({ world: address });
        } catch (error) {
          return error instanceof RangeError ? error.message : String(error);
        }
        askToOpen(commands, address);
        return null;
      }}
    />
  );
}
