/** What only the audit's page has. */
export const auditStyle = `
.counts > span { border: 1px solid var(--line); border-radius: 999px; padding: .1rem .8rem; }
.counts i { display: inline-block; width: .7em; height: .7em; margin-right: .45em; }
.check { display: grid; grid-template-columns: 1.6rem 1fr; padding: .5rem 0; border-top: 1px solid var(--line); }
.check:first-of-type { border-top: 0; }
.mark { font-weight: 700; color: var(--soft); } .true .mark { color: var(--good); } .false .mark { color: var(--bad); }
.check p { font-size: .92rem; }
.finding { border-left: 3px solid var(--bad); padding-left: .8rem; margin: .6rem 0; }
.place { font-weight: 600; }
pre { border: 1px solid var(--line); font-size: .78rem; line-height: 1.45; }
.sign dd { border-bottom: 1px solid var(--soft); min-height: 2.6rem; } .sign { break-inside: avoid; }
td { overflow-wrap: break-word; } section { overflow-x: auto; }
@media (max-width: 36rem) { figure { overflow-x: auto; } figure svg { min-width: 40rem; } }
table + h2 { margin-top: 1.4rem; }
ul { margin: 0; padding-left: 1.2rem; } li { margin: .3rem 0; }
`;
