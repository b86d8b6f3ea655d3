/** How the page looks, on a screen and on paper. */
export const auditStyle = `
:root { color-scheme: light; --ink: #1c2430; --soft: #5b6675; --line: #dde3ea; --bad: #b3261e; --open: #9a6700; --good: #1a7f37; }
* { box-sizing: border-box; }
body { margin: 0; background: #f5f7f9; color: var(--ink); font: 1rem/1.5 system-ui, "Segoe UI", Roboto, Arial, sans-serif; }
main { max-width: 62rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1 { font-size: 1.6rem; margin: 0; } h2 { font-size: 1.1rem; margin: 0 0 .8rem; }
.en { color: var(--soft); font-size: .88em; font-weight: 400; }
header, section { background: #fff; border: 1px solid var(--line); border-radius: 10px; padding: 1.25rem 1.5rem; margin-bottom: 1rem; }
header { border-top: 6px solid var(--good); } header.unsound { border-top-color: var(--bad); } header.unvouched { border-top-color: var(--open); }
header p { margin: .2rem 0 .9rem; }
.counts { display: flex; gap: .6rem; flex-wrap: wrap; margin: .2rem 0 .9rem; }
.counts > span { border: 1px solid var(--line); border-radius: 999px; padding: .1rem .8rem; }
.counts i { display: inline-block; width: .7em; height: .7em; margin-right: .45em; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: 0; font-size: .92rem; }
dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
.check { display: grid; grid-template-columns: 1.6rem 1fr; padding: .5rem 0; border-top: 1px solid var(--line); }
.check:first-of-type { border-top: 0; }
.mark { font-weight: 700; color: var(--soft); } .true .mark { color: var(--good); } .false .mark { color: var(--bad); }
.check p { margin: 0; font-size: .92rem; }
.finding { border-left: 3px solid var(--bad); padding-left: .8rem; margin: .6rem 0; }
.place { font-weight: 600; }
pre { background: #f5f7f9; border: 1px solid var(--line); border-radius: 6px; padding: .5rem .7rem; margin: .4rem 0; font: .78rem/1.45 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; font-size: .88rem; }
th { text-align: left; font-weight: 600; line-height: 1.25; vertical-align: bottom; padding: 0 .7rem .35rem 0; }
td { border-top: 1px solid var(--line); padding: .3rem .7rem .3rem 0; vertical-align: top; overflow-wrap: anywhere; }
.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; overflow-wrap: normal; }
svg { display: block; width: 100%; height: auto; } svg.spark { width: 140px; }
svg text { font: 12px system-ui, "Segoe UI", Roboto, Arial, sans-serif; fill: var(--soft); }
.grid line { stroke: var(--line); } .frame { fill: none; stroke: var(--soft); }
table + h2 { margin-top: 1.4rem; } figure { margin: 0 0 1rem; } .more, footer { color: var(--soft); font-size: .85rem; }
ul { margin: 0; padding-left: 1.2rem; } li { margin: .3rem 0; }
@media print { html { font-size: 12px; } body { background: #fff; } main { padding: 0; max-width: none; } header, section { border-radius: 0; } pre, p, tr, figure, h2 { break-inside: avoid; } h2 { break-after: avoid; } * { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }`;
