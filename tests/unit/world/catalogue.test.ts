import { expect, test } from 'vitest';
import { loadCatalogue, simulatorId } from '../../../src/world/catalogue';

const base = 'https://example.org/reverie/';
const answering = (body: string, status = 200) => (async () => new Response(body, { status })) as unknown as typeof fetch;
const one = { id: 'courtyards', name: 'Painted', description: 'A place.', manifest: 'models/courtyards/manifest.json' };

test('the catalogue asks for models/catalogue.json below the page and ends with the simulator', async () => {
  const asked: string[] = [];
  const catalogue = await loadCatalogue((async (url: string) => {
    asked.push(url);
    return new Response(JSON.stringify([one]));
  }) as unknown as typeof fetch, base);
  expect(asked).toEqual([`${base}models/catalogue.json`]);
  expect(catalogue.problem).toBeNull();
  expect(catalogue.worlds.map((world) => [world.id, world.kind])).toEqual([
    ['courtyards', 'neural'],
    [simulatorId, 'simulator'],
  ]);
});

test('an id, an address and a path all open', async () => {
  const catalogue = await loadCatalogue(answering(JSON.stringify([one])), base);
  expect(catalogue.open('courtyards')).toEqual({ kind: 'onnx', manifestUrl: `${base}models/courtyards/manifest.json` });
  expect(catalogue.open(simulatorId)).toEqual({ kind: 'simulator' });
  expect(catalogue.open('https://other.org/w/manifest.json')).toEqual({ kind: 'onnx', manifestUrl: 'https://other.org/w/manifest.json' });
  expect(catalogue.open('/w/manifest.json')).toEqual({ kind: 'onnx', manifestUrl: 'https://example.org/w/manifest.json' });
  expect(catalogue.open('w/manifest.json')).toEqual({ kind: 'onnx', manifestUrl: `${base}w/manifest.json` });
});

test('an unknown world is refused with the names of the known ones', async () => {
  const catalogue = await loadCatalogue(answering(JSON.stringify([one])), base);
  expect(() => catalogue.open('atlantis')).toThrow(
    'There is no world "atlantis". Choose one of courtyards, courtyard-simulator, or give the http(s) address of a manifest.json.',
  );
  expect(() => catalogue.open('file:///etc/world.json')).toThrow('There is no world');
});

test.each([
  ['a missing file', answering('no', 404), 'could not be read (HTTP 404)'],
  ['a web page', answering('<!doctype html><p>hi'), 'is a web page, not JSON'],
  ['half a file', answering('[{"id":'), 'is not valid JSON'],
  ['a wrong entry', answering('[{"id":"a","name":"A","description":""}]'), 'is not right at 0.manifest'],
  ['a doubled id', answering(JSON.stringify([one, one])), 'uses the id "courtyards" twice'],
  ['no network', (async () => Promise.reject(new TypeError('Failed to fetch'))) as unknown as typeof fetch, 'could not be reached (Failed to fetch)'],
])('%s loses only the neural entries and says why', async (_, fetchFile, reason) => {
  const catalogue = await loadCatalogue(fetchFile, base);
  expect(catalogue.worlds.map((world) => world.id)).toEqual([simulatorId]);
  expect(catalogue.problem).toContain(reason);
  expect(catalogue.open(simulatorId)).toEqual({ kind: 'simulator' });
  expect(() => catalogue.open('courtyards')).toThrow(reason);
});
