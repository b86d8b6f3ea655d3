import { palette } from "./palette.ts";

const colours = Object.entries(palette).map(([name, colour]) => `--${name}: ${colour};`);

/** What all reports look like, on a screen, a telephone and a sheet of A4. A report adds only the looks of its own parts. */
export const baseStyle = `
:root { color-scheme: light; --line: #dde3ea; --ground: #f5f7f9; ${colours.join(" ")} }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, "Segoe UI", Roboto, Arial, sans-serif; }
main { max-width: 62rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
h1, h2, h3, p { margin: 0; }
h1 { font-size: 1.6rem; line-height: 1.25; } h2 { font-size: 1.12rem; margin-bottom: .6rem; } h3 { font-size: 1rem; }
.en { color: var(--soft); font-size: .88em; font-weight: 400; } .block { display: block; }
header, section { background: #fff; border: 1px solid var(--line); border-radius: 10px; padding: 1.15rem 1.4rem; margin-bottom: 1rem; }
header { border-top-width: 6px; }
header.good { border-top-color: var(--good); } header.bad { border-top-color: var(--bad); } header.open { border-top-color: var(--open); }
.counts { display: flex; flex-wrap: wrap; gap: .5rem .6rem; margin: .9rem 0; }
dl { display: grid; grid-template-columns: 6.5rem 1fr; gap: .3rem 1rem; margin: .8rem 0 0; font-size: .92rem; }
header dl { border-top: 1px solid var(--line); padding-top: .8rem; }
dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
code, pre { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
pre { background: var(--ground); border-radius: 6px; margin: .3rem 0; padding: .4rem .6rem; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; }
.place { font-variant-numeric: tabular-nums; }
table { border-collapse: collapse; width: 100%; font-size: .88rem; }
th { text-align: left; font-weight: 600; line-height: 1.25; vertical-align: bottom; padding: 0 .7rem .35rem 0; }
td { border-top: 1px solid var(--line); padding: .3rem .7rem .3rem 0; vertical-align: top; overflow-wrap: anywhere; }
.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; overflow-wrap: normal; }
.more, footer { color: var(--soft); font-size: .85rem; }
figure { margin: 0 0 1rem; }
svg { display: block; width: 100%; height: auto; } svg.spark { width: 140px; }
svg text { font: 12px system-ui, "Segoe UI", Roboto, Arial, sans-serif; fill: var(--soft); }
.grid line { stroke: var(--line); } .frame { fill: none; stroke: var(--soft); }
@media (max-width: 36rem) {
  main { padding: .6rem .5rem 2rem; } header, section { padding: .9rem; border-radius: 8px; } h1 { font-size: 1.35rem; }
  dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .4rem; }
}
@page { size: A4; margin: 14mm 13mm; }
@media print {
  html { font-size: 10pt; } body { background: #fff; } main { max-width: none; padding: 0; } a { text-decoration: none; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  header, section { border-radius: 0; border-width: 1px 0 0; padding: .7rem 0; margin: 0; } header { border-top-width: 5px; }
  pre, p, tr, li, figure, h2 { break-inside: avoid; } h2 { break-after: avoid; }
}`;
