/** The whole style sheet of a report. Inline, no web fonts, both colour schemes, narrow and wide. */
export const style = `
:root { color-scheme: light dark;
  --ground: #ffffff; --card: #f5f6f8; --line: #d9dde2; --text: #1b1f24; --muted: #59626d;
  --blue: #0072b2; --orange: #d68c00; --green: #00855f; --vermillion: #d04a00; --purple: #b3529a; --grey: #868d96;
  --met: #00704f; --missed: #b3261e; --ours: #e4f0f8; }
@media (prefers-color-scheme: dark) { :root {
  --ground: #14171b; --card: #1d2126; --line: #363c44; --text: #e9ebee; --muted: #a3abb5;
  --blue: #56b4ff; --orange: #f0b63c; --green: #35cf9f; --vermillion: #ff7b45; --purple: #e79fd0; --grey: #8f97a1;
  --met: #4bd6a8; --missed: #ff8a80; --ours: #1b3042; } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--text); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
main { max-width: 1240px; margin: 0 auto; padding: 24px 20px 64px; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 8px; }
h2 { font-size: 1.25rem; margin: 48px 0 8px; padding-top: 16px; border-top: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 24px 0 6px; }
p, li, dd { max-width: 75ch; overflow-wrap: anywhere; }
p { margin: 0 0 10px; }
.lead { font-size: 1.08rem; }
.muted, figcaption, .bar { color: var(--muted); }
nav ul, .legend { list-style: none; margin: 8px 0; padding: 0; display: flex; flex-wrap: wrap; gap: 4px 18px; }
nav { margin: 16px 0 0; }
a { color: var(--blue); }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 12px; margin: 20px 0; padding: 0; list-style: none; }
.tile { background: var(--card); border-radius: 8px; padding: 12px 14px; border-left: 4px solid var(--line); max-width: none; }
.tile.met { border-left-color: var(--met); } .tile.missed { border-left-color: var(--missed); }
.tile .label { font-size: .88rem; }
.tile .value { font-size: 1.4rem; font-weight: 600; line-height: 1.3; font-variant-numeric: tabular-nums; }
.tile .bar { font-size: .82rem; } .tile .mark { display: block; }
.tile.met .mark { color: var(--met); font-weight: 600; } .tile.missed .mark { color: var(--missed); font-weight: 600; }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(260px, 1fr)); gap: 2px 24px; margin: 14px 0; font-size: .92rem; }
.facts div { display: flex; gap: 8px; justify-content: space-between; border-bottom: 1px solid var(--line); padding: 3px 0; }
.facts dt { color: var(--muted); flex: none; } .facts dd { margin: 0; text-align: right; }
.meaning { display: grid; grid-template-columns: max-content 1fr; gap: 4px 14px; }
.meaning dt { font-weight: 600; } .meaning dd { margin: 0; color: var(--muted); }
.plots { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 340px), 1fr)); gap: 16px 20px; align-items: start; margin: 8px 0 20px; }
.plots.pairs { grid-template-columns: repeat(auto-fill, minmax(min(100%, 440px), 1fr)); } .pairs .plot { max-width: 460px; }
.plot { margin: 0; min-width: 0; } .plot figcaption { color: var(--text); font-size: .92rem; font-weight: 600; }
.plot svg { display: block; width: 100%; height: auto; }
svg text { font: 11px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; fill: var(--muted); }
svg .axis { fill: var(--text); } svg .value { font-size: 10px; fill: var(--text); } svg .empty { font-style: italic; }
svg .grid { stroke: var(--line); stroke-width: 1; } svg .zero { stroke: var(--muted); stroke-width: 1; }
svg .limit { stroke: var(--missed); stroke-width: 1.25; stroke-dasharray: 4 3; }
.swatch { width: 28px; height: 12px; flex: none; margin-right: 6px; vertical-align: middle; }
.legend li { display: flex; align-items: center; font-size: .88rem; max-width: none; }
.scroll { overflow-x: auto; width: fit-content; max-width: 100%; margin: 8px 0 16px; border: 1px solid var(--line); border-radius: 6px; }
.scroll.tall, details .scroll { max-height: 70vh; overflow-y: auto; }
table { border-collapse: collapse; font-size: .84rem; font-variant-numeric: tabular-nums; white-space: nowrap; }
th, td { padding: 4px 10px; border-bottom: 1px solid var(--line); text-align: right; }
th.words, td.words { text-align: left; }
th { position: sticky; top: 0; background: var(--card); font-weight: 600; vertical-align: bottom; }
tr:last-child td { border-bottom: 0; } tr.ours td { background: var(--ours); }
summary { cursor: pointer; padding: 6px 0; font-weight: 600; }
.view { margin: 20px 0 28px; }
.pictures { display: grid; grid-template-columns: repeat(auto-fill, minmax(225px, 1fr)); gap: 12px; margin: 8px 0; }
.pictures figure { margin: 0; } .pictures img { display: block; width: 100%; height: auto; border-radius: 4px; background: #000; }
.pictures figcaption { font-size: .82rem; padding-top: 2px; } .pictures .ours img { outline: 3px solid var(--blue); }
.sheet { margin: 12px 0 20px; } .sheet img { display: block; width: 100%; max-width: max-content; height: auto; border-radius: 4px; background: #000; }
footer { margin-top: 48px; color: var(--muted); font-size: .86rem; }
@media (max-width: 480px) { main { padding: 16px 14px 48px; } .tiles { grid-template-columns: 1fr 1fr; gap: 8px; }
  .tile { padding: 10px; } .meaning { grid-template-columns: 1fr; } .meaning dd { margin-bottom: 8px; }
  .pictures { grid-template-columns: 1fr 1fr; } }
@media print { details > * { display: block; } .scroll { max-height: none !important; overflow: visible; } }
`;
