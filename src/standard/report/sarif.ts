import { standardName, type Severity, type Standard } from "../standard.ts";
import type { LintReport } from "../report.ts";

const levels: Readonly<Record<Severity, string>> = { error: "error", warn: "warning", info: "note" };

/** The report as SARIF 2.1.0 (OASIS), which editors and code hosts show next to the lines. */
export function lintSarif({ file, digest, document, standard: name, passed, findings, omitted }: LintReport, standard: Standard): string {
  const rules = standard.rules.map(({ id, title, basis, see, severity, remedy }) => ({
    id,
    shortDescription: { text: `${title.id} (${title.en})` },
    help: { text: `${remedy.id} (${remedy.en})` },
    defaultConfiguration: { level: levels[severity] },
    properties: { basis, ...(see === undefined ? {} : { see }) },
  }));
  const order = new Map(rules.map(({ id }, index) => [id, index]));
  return JSON.stringify({
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "simpul lint", semanticVersion: standard.version, informationUri: "https://simpul.id", rules } },
        columnKind: "utf16CodeUnits",
        properties: {
          standard: standardName(standard),
          passed,
          digest,
          document,
          ...(Object.keys(omitted).length === 0 ? {} : { omitted }),
        },
        automationDetails: { id: `simpul/${name}` },
        results: findings.map(({ rule, severity, line, column, pointer, basis, message, remedy }) => ({
          ruleId: rule,
          ruleIndex: order.get(rule),
          level: levels[severity],
          message: { text: `${message.id} ${remedy.id} (${message.en} ${remedy.en})` },
          locations: [
            {
              physicalLocation: { artifactLocation: { uri: encodeURI(file) }, region: { startLine: line, startColumn: column } },
              logicalLocations: [{ fullyQualifiedName: pointer }],
            },
          ],
          properties: { basis },
        })),
      },
    ],
  });
}
