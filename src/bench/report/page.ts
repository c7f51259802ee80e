import type { Machine, ReportPage, Verdict } from './bench-report';
import { html, Html } from './html';
import { style } from './style';

/** Nothing may be fetched and nothing may run: what the file shows is what is in it. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/** The report as one file that needs no network, no script and no other file. */
export function renderPage(page: ReportPage, suite: string, machine: Machine): string {
  const links = page.sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`);
  const sections = page.sections.map(({ id, title, body }) => html`<section><h2 id="${id}">${title}</h2>\n${body}</section>\n`);
  const text = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${page.title}</title>
<style>${new Html(style)}</style></head>
<body><main>
<header><h1>${page.title}</h1><p class="lead">${page.lead}</p></header>
${page.verdicts.length > 0 && html`<ul class="tiles">${page.verdicts.map(tile)}</ul>`}
<dl class="facts">${[...page.facts, ...machineFacts(machine)].map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
<nav aria-label="Contents"><ul>${links}</ul></nav>
${sections}
<footer>Made by <code>npm run bench -- ${suite}</code> of Reverie. Milliseconds belong to the machine that printed them.</footer>
</main></body></html>
`;
  return text.text;
}

/** How a verdict stands in words; colour alone tells nothing to many people. */
export function markOf({ passed }: Verdict): string {
  if (passed === null) return 'not measured';
  return passed ? '✓ met' : '✗ missed';
}

function tile(verdict: Verdict): Html {
  const kind = verdict.passed === null ? '' : verdict.passed ? 'met' : 'missed';
  return html`<li class="tile ${kind}"><div class="label">${verdict.label}</div><div class="value">${verdict.value}</div><div class="bar"><span class="mark">${markOf(verdict)}</span> ${verdict.bar}</div></li>`;
}

function machineFacts({ processor, cores, node, browser, date }: Machine): [string, string][] {
  const facts: [string, string][] = [
    ['Processor', `${processor}, ${cores} ${cores === 1 ? 'core' : 'cores'}`],
    ['Node', node],
  ];
  if (browser) facts.push(['Browser', browser]);
  facts.push(['Ended', date]);
  return facts;
}
