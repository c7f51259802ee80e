/** The version that this Reverie writes. Raise it with a migration from the one before, never without. */
export const settingsVersion = 1;

/** A stored record, of whatever version: nothing in it is checked yet. */
export type StoredRecord = {
  version?: unknown;
  options?: unknown;
  [name: string]: unknown;
};

/**
 * `migrations[n]` makes a record of version n + 1 from one of version n. A migration renames and converts; values are
 * checked afterwards, field by field, so that it need not. It must not throw, whatever it is given.
 */
export const migrations: readonly ((record: StoredRecord) => StoredRecord)[] = [fromUnversioned];

/** Version 0 has no number: the options stood by themselves, and two of them were yes or no. */
function fromUnversioned(record: StoredRecord): StoredRecord {
  const { leftHanded, seated, version: _none, ...others } = record;
  return {
    version: 1,
    options: {
      ...(typeof leftHanded === 'boolean' && { hand: leftHanded ? 'left' : 'right' }),
      // As much as a chair takes away from who stands.
      ...(typeof seated === 'boolean' && { seatedHeightM: seated ? 0.4 : 0 }),
      ...others,
    },
  };
}
