import { describe, expect, it } from 'vitest';
import { arOffer, vrOffer } from '../../../src/app/ui/vr-offer';

const ready = { xr: { status: 'available' }, alive: true, opening: null, notices: [] } as const;

describe('what the VR button offers', () => {
  it('enters when a headset is there and a world is on the screen, even while another world loads', () => {
    const opening = { worldId: 'x', progress: null };
    expect(vrOffer({ ...ready, notices: [], opening })).toEqual({ label: 'Enter VR', does: 'enter', why: null });
  });

  it('leaves when a session runs', () => {
    const xr = { status: 'presenting', mode: 'immersive-vr' } as const;
    expect(vrOffer({ ...ready, notices: [], xr })).toMatchObject({ label: 'Exit VR', does: 'exit' });
  });

  it('says why it cannot be pressed in every other case', () => {
    const cannot = [
      vrOffer({ ...ready, notices: [], xr: { status: 'unavailable', reason: 'No headset.' } }),
      vrOffer({ ...ready, notices: [], xr: { status: 'checking' } }),
      vrOffer({ ...ready, notices: [], alive: false }),
      vrOffer({ ...ready, notices: [{ id: 'open', level: 'error', text: 'No.' }], alive: false }),
    ];
    expect(cannot.map((offer) => offer?.does)).toEqual(['nothing', 'nothing', 'nothing', 'nothing']);
    expect(cannot.every((offer) => offer?.why)).toBe(true);
    expect(cannot[0]?.why).toBe('No headset.');
    expect(cannot[2]?.label).toBe('Preparing…');
  });
});

describe('what the AR button offers', () => {
  const here = { ...ready, notices: [], arHere: true };

  it('is not there on a device without AR', () => {
    expect(arOffer({ ...here, arHere: false })).toBeNull();
  });

  it('enters, also where there is no VR, but not before the first picture', () => {
    expect(arOffer(here)).toEqual({ label: 'Enter AR', does: 'enter', why: null });
    expect(arOffer({ ...here, xr: { status: 'unavailable', reason: 'No VR headset.' } })?.does).toBe('enter');
    expect(arOffer({ ...here, alive: false })).toMatchObject({ label: 'Preparing…', does: 'nothing' });
  });

  it('leaves the running session; the other mode has no button meanwhile', () => {
    const xr = { status: 'presenting', mode: 'immersive-ar' } as const;
    expect(arOffer({ ...here, xr })).toMatchObject({ label: 'Exit AR', does: 'exit' });
    expect(vrOffer({ ...here, xr })).toBeNull();
    expect(arOffer({ ...here, xr: { status: 'presenting', mode: 'immersive-vr' } })).toBeNull();
  });
});
