import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { NetworkInterfaceInfo } from 'node:os';
import { describe, expect, test } from 'vitest';
import { findFreePort, lanAddresses } from '../../../scripts/addresses.mjs';

function v4(address: string, internal = false): NetworkInterfaceInfo {
  return { address, netmask: '255.255.255.0', family: 'IPv4', mac: '00:00:00:00:00:00', internal, cidr: null };
}

describe('addresses for a headset', () => {
  test('loopback, link-local and IPv6 addresses are left out', () => {
    const v6: NetworkInterfaceInfo = { ...v4('fe80::1'), family: 'IPv6', scopeid: 1 };
    expect(lanAddresses({ lo: [v4('127.0.0.1', true)], eth0: [v4('169.254.3.4'), v6], none: undefined })).toEqual([]);
  });

  test('a home network on a real interface comes before public and virtual ones', () => {
    const interfaces = {
      docker0: [v4('172.17.0.1')],
      tailscale0: [v4('100.64.0.9')],
      ppp0: [v4('203.0.113.5')],
      wlan0: [v4('192.168.1.20')],
    };
    expect(lanAddresses(interfaces)).toEqual(['192.168.1.20', '203.0.113.5', '172.17.0.1', '100.64.0.9']);
  });
});

test('a port on which another program listens is passed over, on IPv4 alone too', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const { port } = taken.address() as AddressInfo;
  try {
    expect(await findFreePort(port)).toBeGreaterThan(port);
    await expect(findFreePort(port, 1)).rejects.toThrow(`No port from ${port}`);
  } finally {
    taken.close();
  }
});
