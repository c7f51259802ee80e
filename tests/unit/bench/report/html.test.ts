import fc from 'fast-check';
import { expect, test } from 'vitest';
import { escapeHtml, html, pictureAddress } from '../../../../src/bench/report/html';

test('what is put into a template is escaped, what came out of one is not', () => {
  const inner = html`<b>${'<script>'}</b>`;
  expect(html`<p title="${'"quoted" & \'so\''}">${inner}${['a<b', inner]}</p>`.text).toBe(
    '<p title="&quot;quoted&quot; &amp; &#39;so&#39;"><b>&lt;script&gt;</b>a&lt;b<b>&lt;script&gt;</b></p>',
  );
});

test('false, null and undefined leave nothing, zero leaves a zero', () => {
  expect(html`[${false}${null}${undefined}${0}]`.text).toBe('[0]');
});

test('escaped text has no character that could end an element or an attribute, and can be read back', () => {
  const back: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const escaped = escapeHtml(text);
      return !/[<>"']/.test(escaped) && escaped.replaceAll(/&([a-z#0-9]+);/g, (_, name: string) => back[name]!) === text;
    }),
  );
});

test('a picture that lies somewhere else, or is no picture, is refused', () => {
  expect(pictureAddress('data:image/png;base64,iVBORw0KGgo=')).toBe('data:image/png;base64,iVBORw0KGgo=');
  for (const bad of ['https://example.org/a.png', 'data:text/html;base64,PGI+', 'data:image/png;base64,"onload="x', '']) {
    expect(() => pictureAddress(bad), bad).toThrow(/data address/);
  }
});
