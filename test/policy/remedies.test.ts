import { expect, it } from "vitest";
import { flagsOf } from "../../src/cli/acts/flags.ts";
import { actions } from "../../src/policy/acts/actions.ts";
import { evaluateGuards } from "../../src/policy/guards/guards.ts";
import { contextOf } from "../../src/policy/why/why-steps.ts";
import { messages as application } from "../../src/policy/guards/application-messages.ts";
import { messages as dossier } from "../../src/policy/guards/dossier-messages.ts";
import { messages as grants } from "../../src/policy/guards/grant-messages.ts";
import type { Text } from "../../src/base/text.ts";
import { entry, ids, populationService, policyFixture, profileOf, proposal, done } from "./../support/policy-fixture.ts";

const options = new Set([...actions.values()].flatMap(({ input }) => flagsOf(input).map(({ name }) => name)));
const members = new Set(
  [...actions.values()].flatMap(({ input }) => flagsOf(input).flatMap(({ path }) => path.map((_, i) => path.slice(0, i + 1).join(".")))),
);

/** The remedies for a revision whose dossier is empty, and those for what it alone does not reach. */
function remedies(): readonly Text[] {
  const found: Text[] = [
    application.namePlanEntry,
    application.nameCostAnalysis,
    application.giveAdvice,
    application.nameTrialReport,
    application.nameHandover,
    application.giveSunset("2026-06-01"),
    application.nameSuccessor,
    dossier.nameBuilder,
    dossier.completeWithLetter("dossier.hosting.advice"),
    grants.giveProcessingGround,
  ];
  for (const id of ids) {
    for (const content of [{}, { application: "khusus", builder: "pd", hosting: { place: "pd" } }, { application: "sejenis-umum" }]) {
      const revision = entry("revision", `${populationService}/r1`, "draft", {
        service: populationService,
        number: 1,
        proposal: proposal({ upstream: "http://siak.contoh.id" }),
        dossier: content as never,
        proposed: done("pd-1"),
      });
      const { guards } = actions.get("revision.approve")!;
      const judgements = evaluateGuards(contextOf(policyFixture(profileOf(id)).view()), guards, revision, {});
      found.push(...judgements.flatMap(({ remedy }) => remedy ?? []));
    }
  }
  return found;
}

it("remedies name the options that an officer types, and the members of the API only as such", () => {
  const named = new Set<string>();
  for (const { id, en } of remedies())
    for (const text of [id, en]) {
      for (const [, option] of text.matchAll(/--([a-z-]+)/g)) {
        expect(options, text).toContain(option);
        named.add(option!);
      }
      // A letter among several is named by a word of its profile.
      for (const [, member] of text.matchAll(/\(API: ([A-Za-z.-]+)/g))
        expect(members.has(member!) || members.has(member!.slice(0, member!.lastIndexOf("."))), text).toBe(true);
      const typed = text.replaceAll(/\(API: [^)]*\)/g, "").replaceAll(/member\.yaml|service\.yaml|openapi\.yaml/g, "");
      expect(typed).not.toMatch(/\b[a-z]+[A-Z][A-Za-z]*\b|\b[a-z]+\.[a-z]+\b/);
    }
  for (const option of [
    "minister-opinion-number",
    "hosting-place",
    "document",
    "plan-entry",
    "cost-analysis-file",
    "builder",
    "application",
  ])
    expect(named).toContain(option);
});
