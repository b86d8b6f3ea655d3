/** What only the report on a contract has. `warn` and `info` name severities; the kit's palette calls them `open` and `info`. */
export const lintStyle = `
body { overflow-wrap: anywhere; }
header.bad h1 { color: var(--bad); } header.good h1 { color: var(--good); }
.counts { gap: .5rem 2rem; }
.counts strong { display: block; font-size: 1.7rem; line-height: 1.15; font-variant-numeric: tabular-nums; }
.counts .error strong { color: var(--bad); } .counts .warn strong { color: var(--open); } .counts .info strong { color: var(--info); }
.badge { color: #fff; background: var(--soft); border-radius: 4px; padding: .1rem .45rem; white-space: nowrap; }
.badge { font-size: .72rem; font-weight: 600; text-transform: uppercase; letter-spacing: .03em; }
.error .badge { background: var(--bad); } .warn .badge { background: var(--open); } .info .badge { background: var(--info); }
a { color: inherit; text-decoration-color: #9aa6b5; text-underline-offset: .15em; }
ol { list-style: none; margin: 0; padding: 0; }
.overview li { display: grid; grid-template-columns: 6.5rem 1fr 3rem; gap: .2rem 1rem; align-items: baseline; line-height: 1.35; }
.overview li { border-top: 1px solid var(--line); padding: .3rem 0; }
.overview .badge { justify-self: start; }
.overview .count { text-align: right; font-variant-numeric: tabular-nums; }
.rule > .badge { margin-right: .5rem; vertical-align: .15em; }
.rule > h3 { display: inline; font-size: 1.08rem; }
.basis { color: var(--soft); font-size: .85rem; margin-top: .15rem; }
.remedy { background: #eef6f0; border-left: 4px solid var(--good); border-radius: 0 6px 6px 0; padding: .5rem .8rem; }
.remedy, .said { margin: .7rem 0 .3rem; }
.places { margin-top: .6rem; }
.places li { display: grid; grid-template-columns: 6.5rem 1fr; gap: 0 1rem; border-top: 1px solid var(--line); padding: .5rem 0; }
.place { color: var(--soft); font-size: .9rem; white-space: nowrap; }
pre { font-size: .85rem; }
mark { background: #ffe3df; color: inherit; border-bottom: 2px solid var(--bad); }
.warn mark { background: #fff1cf; border-color: var(--open); } .info mark { background: #dfeefc; border-color: var(--info); }
.pointer { color: var(--soft); font-size: .78rem; }
footer dl { grid-template-columns: minmax(8rem, max-content) 1fr; }
@media (max-width: 36rem) {
  footer dl, .places li { grid-template-columns: 1fr; gap: 0; }
  .overview li { grid-template-columns: 1fr 2rem; } .overview .title, .overview .count { grid-row: 2; }
}
@media print {
  .rule > h3 { font-size: 11pt; }
  .remedy, .top { break-inside: avoid; } .top { break-after: avoid; }
}
`;
