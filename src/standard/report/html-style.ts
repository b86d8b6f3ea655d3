/** The one stylesheet of the report: a screen, a telephone, a sheet of A4. */
export const lintStyle = `
:root { color-scheme: light; --ink: #1c2430; --soft: #566070; --line: #dde3ea; --paper: #fff; --error: #b3261e; --warn: #8a5a00; --info: #0b5cad; --good: #1a7f37; }
* { box-sizing: border-box; }
body { margin: 0; background: #f3f5f8; color: var(--ink); font: 16px/1.5 system-ui, "Segoe UI", Roboto, Arial, sans-serif; overflow-wrap: anywhere; }
main { max-width: 62rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
h1, h2, h3, p { margin: 0; }
h1 { font-size: 1.6rem; line-height: 1.25; } h2 { font-size: 1.15rem; } h3 { font-size: 1rem; }
.en { color: var(--soft); font-size: .88em; }
.block { display: block; }
header, section { background: var(--paper); border: 1px solid var(--line); border-radius: 10px; padding: 1.1rem 1.4rem; margin-bottom: 1rem; }
header { border-top: 6px solid var(--error); } header.passed { border-top-color: var(--good); }
header.failed h1 { color: var(--error); } header.passed h1 { color: var(--good); }
.counts { display: flex; flex-wrap: wrap; gap: .5rem 2rem; margin: .9rem 0; }
.counts strong { display: block; font-size: 1.7rem; line-height: 1.15; font-variant-numeric: tabular-nums; }
.counts .error strong { color: var(--error); } .counts .warn strong { color: var(--warn); } .counts .info strong { color: var(--info); }
dl { display: grid; grid-template-columns: 6.5rem 1fr; gap: .3rem 1rem; margin: .8rem 0 0; font-size: .92rem; border-top: 1px solid var(--line); padding-top: .8rem; }
dt { color: var(--soft); } dd { margin: 0; }
.badge { color: #fff; border-radius: 4px; font-size: .72rem; font-weight: 600; padding: .1rem .45rem; text-transform: uppercase; letter-spacing: .03em; white-space: nowrap; background: var(--soft); }
.error .badge { background: var(--error); } .warn .badge { background: var(--warn); } .info .badge { background: var(--info); }
a { color: inherit; text-decoration-color: #9aa6b5; text-underline-offset: .15em; }
ol { list-style: none; margin: .6rem 0 0; padding: 0; }
.overview li { display: grid; grid-template-columns: 6.5rem 1fr 3rem; gap: .2rem 1rem; align-items: baseline; border-top: 1px solid var(--line); padding: .3rem 0; line-height: 1.35; }
.overview .badge { justify-self: start; }
.overview .count { text-align: right; font-variant-numeric: tabular-nums; }
.rule > .badge { margin-right: .5rem; vertical-align: .15em; }
.rule > h3 { display: inline; font-size: 1.08rem; }
.basis { color: var(--soft); font-size: .85rem; margin-top: .15rem; }
.remedy { background: #eef6f0; border-left: 4px solid var(--good); border-radius: 0 6px 6px 0; padding: .5rem .8rem; margin: .7rem 0 .3rem; }
.said { margin: .7rem 0 .3rem; }
.places li { display: grid; grid-template-columns: 6.5rem 1fr; gap: 0 1rem; border-top: 1px solid var(--line); padding: .5rem 0; }
.place { color: var(--soft); font-size: .9rem; white-space: nowrap; font-variant-numeric: tabular-nums; }
code, pre { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
pre { margin: .25rem 0; padding: .3rem .6rem; background: #f6f8fa; border-radius: 5px; font-size: .85rem; white-space: pre-wrap; }
mark { background: #ffe3df; color: inherit; border-bottom: 2px solid var(--error); } .warn mark { background: #fff1cf; border-color: var(--warn); } .info mark { background: #dfeefc; border-color: var(--info); }
.pointer { color: var(--soft); font-size: .78rem; }
footer { color: var(--soft); font-size: .8rem; }
footer dl { grid-template-columns: minmax(8rem, max-content) 1fr; border: 0; }
@media (max-width: 36rem) {
  main { padding: .6rem .5rem 2rem; } header, section { padding: .9rem; border-radius: 8px; } h1 { font-size: 1.35rem; }
  dl, footer dl, .places li { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .4rem; }
  .overview li { grid-template-columns: 1fr 2rem; } .overview .title { grid-row: 2; } .overview .badge { justify-self: start; }
.overview .count { grid-row: 2; }
}
@page { size: A4; margin: 14mm 13mm; }
@media print {
  body { background: #fff; font-size: 10pt; print-color-adjust: exact; -webkit-print-color-adjust: exact; } main { max-width: none; padding: 0; }
  header, section { border-radius: 0; border-width: 1px 0 0; padding: .7rem 0; margin: 0; } header { border-top-width: 5px; }
  h1 { font-size: 16pt; } h2 { font-size: 12pt; } .rule > h3 { font-size: 11pt; } a { text-decoration: none; }
  li, .remedy, .top { break-inside: avoid; } .top { break-after: avoid; }
}`;
