import fc from 'fast-check';

/**
 * Property tests draw the same inputs each time, so that a red run says something about the change it ran on.
 * `REVERIE_SEED=random` draws new ones to hunt for counterexamples, `REVERIE_SEED=<number>` repeats a hunt's.
 */
const wish = process.env['REVERIE_SEED'] ?? '6';
const seed = wish === 'random' ? Date.now() % 2 ** 31 : Number(wish);
if (!Number.isInteger(seed)) throw new Error(`REVERIE_SEED is "${wish}". Set it to a whole number, or to "random".`);
if (wish === 'random') console.log(`REVERIE_SEED=${seed}`);
fc.configureGlobal({ seed });
