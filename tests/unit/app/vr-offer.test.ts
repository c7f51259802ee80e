import { describe, expect, it } from 'vitest';
import { vrOffer } from '../../../src/app/ui/vr-offer';

const ready = { xr: { status: 'available' }, alive: true, opening: null, notices: [] } as const;

describe('what the VR button offers', () => {
  it('enters when a headset is there and a world is on the screen, even while another world loads', () => {
    const opening = { worldId: 'x', progress: null };
    expect(vrOffer({ ...ready, notices: [], opening })).toEqual({ label: 'Enter VR', does: 'enter', why: null });
  });

  it('leaves when a session runs', () => {
    expect(vrOffer({ ...ready, notices: [], xr: { status: 'presenting' } }).does).toBe('exit');
  });

  it('says why it cannot be pressed in every other case', () => {
    const cannot = [
      vrOffer({ ...ready, notices: [], xr: { status: 'unavailable', reason: 'No headset.' } }),
      vrOffer({ ...ready, notices: [], xr: { status: 'checking' } }),
      vrOffer({ ...ready, notices: [], alive: false }),
      vrOffer({ ...ready, notices: [{ id: 'open', level: 'error', text: 'No.' }], alive: false }),
    ];
    expect(cannot.map(({ does }) => does)).toEqual(['nothing', 'nothing', 'nothing', 'nothing']);
    expect(cannot.every(({ why }) => why)).toBe(true);
    expect(cannot[0].why).toBe('No headset.');
    expect(cannot[2].label).toBe('Preparing…');
  });
});
