/** Which of this computer's addresses a headset can reach, and which port is free. */
import { createServer } from 'node:net';

/** Names of interfaces that lead to virtual machines, containers and tunnels rather than to the room. */
const virtualInterface = /^(docker|br-|veth|virbr|vmnet|vboxnet|vEthernet|utun|tun|tap|tailscale|wg|zt|lxc|cni|flannel)/i;
const privateAddress = /^(192\.168|10|172\.(1[6-9]|2\d|3[01]))\./;

/**
 * IPv4 addresses for other devices on the network, the likeliest first: home networks before the rest, real interfaces
 * before virtual ones. Loopback and link-local (169.254) addresses are left out.
 * @param {NodeJS.Dict<import('node:os').NetworkInterfaceInfo[]>} interfaces as of `os.networkInterfaces()`
 * @returns {string[]}
 */
export function lanAddresses(interfaces) {
  return Object.entries(interfaces)
    .flatMap(([name, infos]) => (infos ?? []).map((info) => ({ name, ...info })))
    .filter((info) => info.family === 'IPv4' && !info.internal && !info.address.startsWith('169.254.'))
    .map(({ name, address }) => ({
      address,
      rank: (virtualInterface.test(name) ? 2 : 0) + (privateAddress.test(address) ? 0 : 1),
    }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ address }) => address);
}

/**
 * @param {number} port
 * @param {string} host
 * @returns {Promise<boolean>} whether nobody listens there; an address this computer does not have counts as free
 */
function isFree(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (/** @type {NodeJS.ErrnoException} */ error) => resolve(error.code !== 'EADDRINUSE' && error.code !== 'EACCES'));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/**
 * The first free port from `wanted` on. Every address is tried, because "localhost" may mean IPv4 or IPv6 and another
 * program on either of them would answer instead of us.
 * @param {number} wanted
 * @param {number} [tries]
 * @returns {Promise<number>}
 */
export async function findFreePort(wanted, tries = 50) {
  for (let port = wanted; port < wanted + tries && port <= 65535; port++) {
    let free = true;
    // One after the other: two sockets of our own on one port would get in each other's way.
    for (const host of ['127.0.0.1', '::1', '0.0.0.0', '::']) free &&= await isFree(port, host);
    if (free) return port;
  }
  throw new Error(`No port from ${wanted} to ${wanted + tries - 1} is free. Choose another: npm start -- --port N`);
}
