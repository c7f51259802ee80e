import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isCertificateUsable, loadCertificate } from '../../../scripts/certificate.mjs';

test('a certificate is kept while it names every host and is not about to end, and made anew otherwise', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'reverie-certificate-'));
  try {
    const first = await loadCertificate(folder, ['localhost', '192.168.1.20']);
    expect((await loadCertificate(folder, ['localhost'])).cert).toBe(first.cert);
    expect(isCertificateUsable(first.cert, ['localhost', '192.168.1.20'], Date.now())).toBe(true);
    expect(isCertificateUsable(first.cert, ['localhost'], Date.now() + 360 * 24 * 3600 * 1000)).toBe(false);
    const moved = await loadCertificate(folder, ['localhost', '192.168.1.21']);
    expect(moved.cert).not.toBe(first.cert);
    expect(isCertificateUsable('no certificate', [], Date.now())).toBe(false);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
