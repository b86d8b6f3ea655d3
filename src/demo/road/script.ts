import type { Text } from "../../base/text.ts";
import type { Input } from "../../policy/context.ts";
import { memberOf } from "../../base/names.ts";
import { splpDocuments } from "../../policy/guards/instance-guards.ts";
import type { AskedKey } from "../../policy/profile/profile-keys.ts";
import { answerTo, type Profile } from "../../policy/profile/profile.ts";
import { requiredOpinions, type RequiredOpinion } from "../../policy/opinions/opinions-in-force.ts";
import { providers } from "../providers/index.ts";
import { askedGrants, type AskedGrant } from "./asked-grants.ts";
import { dossierFor } from "./dossier.ts";
import type { Letters } from "./letters.ts";
import { officerOf, ownerOf } from "./officers.ts";
import { messages } from "./messages.ts";

/** One act of a demo official. Without `id` its subject is the entry that the step before it created. */
export interface ScenarioStep {
  readonly by: string;
  readonly action: string;
  readonly id?: string;
  readonly input?: Input;
  /** The question of the profile that asks for it, where that is not the action's own. */
  readonly key?: AskedKey;
  /** Tried in order to show what is missing: the refusal is expected, and the scenario goes on. */
  readonly tried?: true;
}

/** Steps on one subject, in order; a step that is refused ends the scenario. */
export interface Scenario {
  readonly subject: string;
  readonly steps: readonly ScenarioStep[];
}

export type PhaseName = "instance" | "services" | "grants";

export interface Phase {
  readonly name: PhaseName;
  readonly title: Text;
  readonly scenarios: readonly Scenario[];
}

export interface ScenarioSetting {
  readonly profile: Profile;
  readonly letters: Letters;
  /** The id of the instance, `ID-16.03`. */
  readonly instance: string;
  /** The day on which the road began, and the last one of its tokens and grants. */
  readonly begun: string;
  readonly until: string;
}

/** The whole road as the officials of a region would take it: only the steps that the profile asks for. */
export function scriptFor(setting: ScenarioSetting): readonly Phase[] {
  return [
    {
      name: "instance",
      title: messages.phases.instance,
      scenarios: instanceScenarios(setting),
    },
    {
      name: "services",
      title: messages.phases.services,
      scenarios: Object.keys(providers).map((service, i) => serviceScenario(setting, service, i === 0)),
    },
    {
      name: "grants",
      title: messages.phases.grants,
      scenarios: askedGrants.map((grant) => grantScenario(setting, grant)),
    },
  ];
}

/** An attempt that shows what is missing, then what the profile asks for, then the same act again. */
function instanceScenarios(setting: ScenarioSetting): readonly Scenario[] {
  const { profile, instance } = setting;
  const publish: ScenarioStep = { by: "administrator", action: "instance.publish", id: instance };
  const evidence = answerTo(profile, "splp.required").value === true ? [splpProof(setting)] : [];
  const opinions = requiredOpinions(profile)
    .filter(({ subject }) => subject !== "service")
    .flatMap((required) => opinionScenarios(setting, required));
  const shown = [...evidence, ...opinions];
  const attempt: Scenario = { subject: instance, steps: [{ ...publish, tried: true }] };
  return shown.length === 0 ? [attempt] : [attempt, ...shown, { subject: instance, steps: [publish] }];
}

const splpProof = ({ letters }: ScenarioSetting): Scenario => ({
  subject: "splp",
  steps: [
    {
      by: "registrar-1",
      action: "evidence.record",
      input: { type: "splp", documents: Object.fromEntries(splpDocuments.map((word) => [word, letters(`splp-${word}`)])) },
    },
    { by: "registrar-2", action: "evidence.confirm" },
  ],
});

const verifiers = { operasi: "verifikator-operasi", keamanan: "verifikator-keamanan", "jaringan-intra": "verifikator-keamanan" } as const;

/** Verifiers record the opinions of the Dinas, the registrar those that come as letters from outside. One scenario for each authority. */
function opinionScenarios(
  { letters }: ScenarioSetting,
  { type, authorities, mode, key }: RequiredOpinion,
  service?: string,
): readonly Scenario[] {
  const office = mode === "internal" ? verifiers[type] : "registrar";
  return authorities.map((authority) => {
    const name = [type, authority, ...(service === undefined ? [] : [memberOf(service).split("/")[2]!])].join("-");
    const about = service === undefined ? {} : { service };
    return {
      subject: `${type}, ${authority}`,
      steps: [
        {
          by: `${office}-1`,
          action: "opinion.record",
          key,
          input: { types: [type], authority, outcome: "diberikan", letter: letters(name), ...about },
        },
        { by: `${office}-2`, action: "opinion.confirm" },
      ],
    };
  });
}

function serviceScenario(setting: ScenarioSetting, service: string, shown: boolean): Scenario {
  const { profile, letters } = setting;
  const member = memberOf(service);
  const [officer, owner, code] = [officerOf(member), ownerOf(member), member.split("/")[2]!];
  const id = `${service}/r1`;
  const is = <Value>(value: Value | null, wanted: Value): boolean => value === wanted;
  const consent = is(answerTo(profile, "ownerConsent.required").value, true);
  const trial = is(answerTo(profile, "sandboxTrial.required").value, true) || is(answerTo(profile, "test.required").value, true);
  const decision = {
    ...(is(answerTo(profile, "application.decisionReference").value, "rencana-induk")
      ? { planEntry: `Rencana Induk SPBE (contoh), ${code}` }
      : {}),
    ...(is(answerTo(profile, "application.costAnalysis").value, true) ? { costAnalysis: letters(`analisis-biaya-${code}`) } : {}),
  };
  const opinions = requiredOpinions(profile)
    .filter(({ subject }) => subject === "service")
    .flatMap((required) => opinionScenarios(setting, required, service));
  return {
    subject: service,
    steps: [
      { by: officer, action: "revision.propose", input: { service } },
      ...(shown ? [{ by: officer, action: "revision.apply", id, tried: true } as const] : []),
      { by: officer, action: "revision.complete", id, input: { dossier: dossierFor(profile, letters, code) } },
      ...(consent ? [{ by: owner, action: "revision.consent", id }] : []),
      { by: officer, action: "revision.apply", id },
      { by: "registrar-1", action: "revision.approve", id, input: decision },
      { by: "operator-1", action: "revision.try", id },
      ...opinions.flatMap(({ steps }) => steps),
      { by: "registrar-1", action: "revision.activate", id, input: trial ? { trial: letters(`uji-coba-${code}`) } : {} },
    ],
  };
}

function grantScenario({ profile, begun, until }: ScenarioSetting, grant: AskedGrant): Scenario {
  const { id, consumer, service } = grant;
  const asked = {
    ...grant,
    from: begun,
    until,
    rate: { perSecond: 20, burst: 40 },
    dailyQuota: 20000,
    expectedLoad: 5000,
    personalData: {
      ground: "UU 27/2022 Pasal 20 ayat (2) huruf e: pelaksanaan kewenangan (contoh)",
      processingRecord: `ROPA-CONTOH/${id}`,
    },
  };
  const coordinated = answerTo(profile, "grants.coordination").value === "dinas";
  return {
    subject: id,
    steps: [
      { by: officerOf(memberOf(consumer)), action: "grant.request", input: asked },
      ...(coordinated ? [{ by: "registrar-1", action: "grant.coordinate", id }] : []),
      { by: ownerOf(memberOf(service)), action: "grant.allow", id },
    ],
  };
}
