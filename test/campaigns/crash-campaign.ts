import { seeded } from "../support/random.ts";
import { environment, type Environment } from "../support/gateway-fixture.ts";
import { startChild, type Child } from "./crash-child-process.ts";
import { crashJudge, type CrashJudge, type Judged } from "./crash-judge.ts";
import { changeManifests, grantScarcely, loadOn, flakyProvider, scarceGrant, type Attempt, type Load } from "./crash-load.ts";
import { steps, type KillPlan, type ExplanationStep } from "./steps.ts";
import { patienceMs } from "../support/patience.ts";

/** What a life of the gateway is to end at: a step, the nth receipt while it works (n at random), or a moment before it serves. */
export type Aim = ExplanationStep | "random" | "starting";

export interface CrashOptions {
  readonly seed: number;
  /** One kill each. */
  readonly aims: readonly Aim[];
  readonly progress?: (done: number, judged: Judged) => void;
}

export interface CrashResult {
  readonly seed: number;
  /** How often SIGKILL struck at each aim. */
  readonly kills: Readonly<Partial<Record<Aim, number>>>;
  readonly judged: Omit<Judged, "findings">;
  /** Statements sent a second time, word for word, after a kill, by what was answered. */
  readonly resent: Readonly<Record<string, number>>;
  /** Reads that the provider was asked for a second time: the first answer died with the process, and nobody had it. */
  readonly readAgain: number;
  /** Of the grant with a small daily quota: the uses that leaves count, and its quota. */
  readonly scarce: { readonly used: number; readonly quota: number };
  /** What was not as promised; a sound gateway has none. */
  readonly findings: readonly string[];
}

interface Campaign {
  readonly l: Environment;
  readonly load: Load;
  readonly judge: CrashJudge;
  /** Drawn as things happen, so races decide who gets which number. */
  readonly random: () => number;
  /** Drawn once or twice a life: when it ends is for the seed alone to say. */
  readonly fate: () => number;
  readonly kills: Partial<Record<Aim, number>>;
  readonly resent: Record<string, number>;
  readAgain: number;
  /** Where the attempts of the life before begin. */
  since: number;
  /** Whether the log shows an exchange of ages later. */
  aged: boolean;
}

const callers = 8;
/** Statements of a life that are sent again in the next one. */
const sentAgain = 32;
/** After so many findings there is enough to look into. */
const enough = 20;

/** Each step so many times, and moments at random, in an order that the seed gives. */
export function aimsOf({
  eachStep,
  random,
  starting,
  seed,
}: {
  readonly eachStep: number;
  readonly random: number;
  readonly starting: number;
  readonly seed: number;
}): Aim[] {
  const times = (aim: Aim, count: number): Aim[] => Array<Aim>(count).fill(aim);
  const aims = [
    ...Object.keys(steps).flatMap((step) => times(step as ExplanationStep, eachStep)),
    ...times("random", random),
    ...times("starting", starting),
  ];
  const chance = seeded(seed);
  return aims
    .map((aim) => ({ aim, at: chance() }))
    .sort((a, b) => a.at - b.at)
    .map(({ aim }) => aim);
}

/** Kills a gateway with SIGKILL under mixed load, again and again, and after each start holds it to what it had promised. */
export async function crashCampaign({ seed, aims, progress }: CrashOptions): Promise<CrashResult> {
  const random = seeded(seed);
  const fate = seeded(seed + 1);
  const quota = Math.max(2, Math.floor(aims.length / 2));
  const l = await environment();
  try {
    grantScarcely(l, quota);
    await l.apply();
    const load = loadOn(l, random);
    const judge = crashJudge(l, load, quota);
    const campaign: Campaign = { l, load, judge, random, fate, kills: {}, resent: {}, readAgain: 0, since: 0, aged: false };
    for (const [number, aim] of aims.entries()) {
      progress?.(number, judge.judged);
      await play(campaign, aim, number);
      if (judge.judged.findings.length >= enough) break;
    }
    await end(campaign);
    progress?.(aims.length, judge.judged);
    const { findings, ...judged } = judge.judged;
    const { kills, resent, readAgain } = campaign;
    return { seed, kills, judged, resent, readAgain, scarce: { used: judge.used(scarceGrant), quota }, findings };
  } finally {
    await l.close();
  }
}

/** What a start does before it serves, and what has to be there for it to do. */
const atStart: Readonly<Partial<Record<Aim, "open intents" | "old evidence" | "nothing">>> = {
  starting: "nothing",
  recovering: "open intents",
  recovered: "open intents",
  destroying: "old evidence",
  destroyed: "old evidence",
  clearing: "old evidence",
};
/** Longer than any evidence is kept. */
const agesMs = 40 * 366 * 86_400_000;

/** One life of a gateway: it starts, is judged by what its predecessor left, works, and dies. */
async function play(campaign: Campaign, aim: Aim, number: number): Promise<void> {
  const { l, fate, kills, judge } = campaign;
  const needed = atStart[aim];
  if (needed === "open intents") await play(campaign, "intent-durable", number);
  if (needed === "old evidence") {
    await liveQuietly(campaign);
    if (!campaign.aged) await agesLater(campaign);
    campaign.aged = true;
  }
  const child = startChild(l, planFor(aim, fate), needed === "old evidence" ? agesMs : 0);
  if (needed === undefined) {
    // What its predecessor left may bring it to its step before it serves.
    const ready = await child.ready;
    if (ready !== undefined) {
      await judge.judge(ready.controlOrigin);
      await work(campaign, child, aim, number);
    }
  } else {
    const late = setTimeout(
      () => {
        if (needed !== "nothing") judge.judged.findings.push(`life ${number}: a start did not come to ${aim}`);
        child.kill();
      },
      needed === "nothing" ? 50 + fate() * 900 : patienceMs,
    );
    await child.dead;
    clearTimeout(late);
  }
  await child.dead;
  kills[aim] = (kills[aim] ?? 0) + 1;
}

/** A quiet life: judged as it starts, a few exchanges that leave evidence, an end as it should be. */
async function liveQuietly({ l, load, judge, random }: Campaign): Promise<void> {
  l.respondWith(flakyProvider(random, () => undefined));
  const child = startChild(l, undefined);
  await judge.judge((await child.ready)!.controlOrigin);
  const stop = new AbortController();
  const evidence = load.answered(1, "with a receipt");
  const working = load.run(1, stop.signal);
  await evidence;
  stop.abort();
  await working;
  await child.stop();
}

/** Ages later an exchange comes in: without one that the log shows, no clock is believed that evidence is over. */
async function agesLater({ l, random }: Campaign): Promise<void> {
  l.respondWith(flakyProvider(random, () => undefined));
  const child = startChild(l, undefined, agesMs);
  await child.ready;
  await l.call({ nowMs: Date.now() + agesMs });
  await child.stop();
}

/** The load runs until the process is dead: by itself at a step, by our hand, or because it never came to the step. */
async function work(campaign: Campaign, child: Child, aim: Aim, number: number): Promise<void> {
  const { l, load, judge, random, fate } = campaign;
  const stop = new AbortController();
  let left = 1 + Math.floor(fate() * 30);
  l.respondWith(
    flakyProvider(random, (method) => {
      if (aim === "at-provider" && method !== "GET" && --left === 0) child.kill();
    }),
  );
  const again = campaign.since;
  campaign.since = load.attempts.length;
  const working = sendAgain(campaign, again).then(() => load.run(callers, stop.signal));
  if (aim === "random") void load.answered(1 + Math.floor(fate() * 150), "with a receipt").then(() => child.kill());
  if (aim.startsWith("control-") || random() < 0.1) {
    changeManifests(l, number);
    await l.apply();
  }
  const late = setTimeout(() => {
    judge.judged.findings.push(`life ${number}: the load did not come to ${aim}`);
    child.kill();
  }, patienceMs);
  await child.dead;
  clearTimeout(late);
  stop.abort();
  await working;
}

/**
 * What the dead process was sent comes once more, word for word: what is on record must be known, and nothing is executed a second time.
 */
async function sendAgain(campaign: Campaign, begin: number): Promise<void> {
  const { load, judge, resent, since } = campaign;
  const last = load.attempts.slice(begin, since);
  const chosen = [...last.filter(({ answers }) => answers.length === 0), ...last.filter(({ answers }) => answers.length > 0)].slice(
    0,
    sentAgain,
  );
  const one = async (attempt: Attempt): Promise<void> => {
    const { jti, htm } = attempt.claims;
    const known = judge.recorded(jti);
    const read = judge.reads(jti) > 0;
    const sent = await load.again(attempt);
    if (sent === undefined) return;
    const code = sent.fields["spl-problem"] ?? "delivered";
    resent[code] = (resent[code] ?? 0) + 1;
    if (known && code !== "replayed") judge.judged.findings.push(`${htm} ${jti} is on record and was answered ${code} when it came again`);
    if (!known && read && code === "delivered") campaign.readAgain++;
  };
  for (let i = 0; i < chosen.length; i += callers) await Promise.all(chosen.slice(i, i + callers).map(one));
}

/** The last start: judged, asked the same again, and judged once more when it has stopped as it should. */
async function end(campaign: Campaign): Promise<void> {
  const { l, load, judge, random } = campaign;
  l.respondWith(flakyProvider(random, () => undefined));
  const child = startChild(l, undefined);
  await judge.judge((await child.ready)!.controlOrigin);
  const again = campaign.since;
  campaign.since = load.attempts.length;
  await sendAgain(campaign, again);
  await child.stop();
  await judge.judge();
}

/** Seldom steps are struck the first time, common ones anywhere in the first dozens of exchanges. */
function planFor(aim: Aim, fate: () => number): KillPlan | undefined {
  if (aim === "random" || aim === "starting" || aim === "at-provider") return undefined;
  const seldom = aim.startsWith("control-") || aim in atStart;
  return { step: aim, nth: seldom ? 1 : 1 + Math.floor(fate() * 40) };
}
