/** A self-signed certificate, because WebXR needs https when the page comes over the network. Kept under .cache/. */
import { X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { generate } from 'selfsigned';

const dayMs = 24 * 3600 * 1000;

/**
 * Whether a stored certificate still serves: it names every host and is good for another week.
 * @param {string} certPem
 * @param {readonly string[]} hosts names and addresses it must cover
 * @param {number} nowMs
 * @returns {boolean}
 */
export function isCertificateUsable(certPem, hosts, nowMs) {
  try {
    const certificate = new X509Certificate(certPem);
    if (Date.parse(certificate.validTo) < nowMs + 7 * dayMs || Date.parse(certificate.validFrom) > nowMs) return false;
    return hosts.every((host) => (isIP(host) ? certificate.checkIP(host) : certificate.checkHost(host)) !== undefined);
  } catch {
    return false;
  }
}

/**
 * @param {string} cacheFolder where key.pem and cert.pem are kept
 * @param {readonly string[]} hosts names and addresses the page will be opened under
 * @returns {Promise<{ key: string, cert: string }>} PEM
 */
export async function loadCertificate(cacheFolder, hosts) {
  const [keyPath, certPath] = ['key.pem', 'cert.pem'].map((name) => join(cacheFolder, name));
  if (existsSync(keyPath) && existsSync(certPath)) {
    const cert = readFileSync(certPath, 'utf8');
    if (isCertificateUsable(cert, hosts, Date.now())) return { key: readFileSync(keyPath, 'utf8'), cert };
  }
  const made = await generate([{ name: 'commonName', value: 'Reverie on this computer' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(Date.now() - dayMs), // a headset's clock may be behind
    notAfterDate: new Date(Date.now() + 365 * dayMs),
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: hosts.map((host) => (isIP(host) ? { type: 7, ip: host } : { type: 2, value: host })),
      },
    ],
  });
  mkdirSync(cacheFolder, { recursive: true });
  writeFileSync(keyPath, made.private, { mode: 0o600 });
  writeFileSync(certPath, made.cert);
  return { key: made.private, cert: made.cert };
}
