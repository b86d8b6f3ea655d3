import { storesAt } from "../../src/store/open.ts";
import { sha256 } from "../../src/base/bytes.ts";
import { auditLog } from "../../src/audit/recompute.ts";
import { parseCheckpoint } from "../../src/ledger/checkpoint.ts";
import { readControlChange } from "../../src/ledger/control-change.ts";
import { checkReceipt } from "../../src/verify/check-receipt.ts";
import { opens } from "../../src/ledger/commitment.ts";
import type { ControlLeaf, ExchangeLeaf, Leaf } from "../../src/ledger/leaf.ts";
import { emptyRoot } from "../../src/ledger/merkle.ts";
import type { ReadableLog } from "../../src/ledger/readable-log.ts";
import { parseReceipt } from "../../src/ledger/receipt.ts";
import { calendar } from "../../src/exchange/day.ts";
import type { Claims } from "../../src/trust/statement.ts";
import type { Sent } from "../../src/agent/consumer.ts";
import { consumer, service, type Environment, type ReceivedCall } from "../support/gateway-fixture.ts";
import { scarceGrant, type Attempt, type Load } from "./crash-load.ts";
import { readLedger } from "./wrapped-ledger.ts";

/** Problems that a gateway may answer with and leave no leaf (protocol §2.3, §4). Nothing else in this load may go unrecorded. */
const unrecorded = new Set(["replayed", "replay-unknown", "ledger-unavailable", "statement-expired"]);

/** Refused at check 9 or 10: no use was counted. */
const uncounted = new Set(["not-granted", "rate-limited", "quota-exceeded"]);

/** What the log says of one exchange. */
interface Recorded {
  readonly id: string;
  readonly intent?: { readonly index: number; readonly leaf: ExchangeLeaf };
  readonly end?: { readonly index: number; readonly leaf: ExchangeLeaf };
}

/** What was found sound, counted; `findings` say what was not, and are empty. */
export interface Judged {
  readonly findings: string[];
  leaves: number;
  answers: number;
  receipts: number;
  executions: number;
  outcomesUnknown: number;
  evidence: number;
  destructions: number;
  registryVersions: number;
}

/**
 * Holds a gateway that was killed and has started again to what protocol §§2–5 promise. It remembers what it has seen, so every judgement
 * is about all of the campaign so far: a leaf that was there once may never be another.
 */
export interface CrashJudge {
  readonly judged: Judged;
  /** To be called when a gateway has started and before it is given work, with its control origin; or when there is none. */
  judge(controlOrigin?: string): Promise<void>;
  /** Whether the log has a leaf of this statement. */
  recorded(jti: string): boolean;
  /** How often the provider was asked to read by this statement. */
  reads(jti: string): number;
  /** Uses of a grant that the leaves of today count. */
  used(grant: string): number;
}

export function crashJudge(environment: Environment, load: Load, scarceQuota: number): CrashJudge {
  const dayOf = calendar("Asia/Jakarta");
  const judged: Judged = {
    findings: [],
    leaves: 0,
    answers: 0,
    receipts: 0,
    executions: 0,
    outcomesUnknown: 0,
    evidence: 0,
    destructions: 0,
    registryVersions: 0,
  };
  const fail = (finding: string): void => void judged.findings.push(finding);
  const exchanges = new Map<string, Recorded>();
  const statements = new Set<string>();
  const uses = new Map<string, number>();
  const controls = new Map<number, number>();
  const carriedFor = new Map<string, number>();
  const carried = new Set<string>();
  const judgedAnswers = new WeakSet<Sent>();
  /** The head that was judged last, and the heads since then of which receipts speak. */
  let roots = new Map([[0, emptyRoot]]);
  let size = 0;
  /** Months whose evidence was destroyed, and by which leaf. */
  const ended: { readonly month: string; readonly at: number }[] = [];
  let seen = 0;

  const tell = (index: number, leaf: Leaf): void => {
    if (leaf.type === "control") return tellControl(index, leaf);
    if (!("request" in leaf)) return;
    const known = exchanges.get(leaf.id) ?? { id: leaf.id };
    const part = leaf.type === "intent" ? "intent" : "end";
    if (known[part] !== undefined) fail(`exchange ${leaf.id} has a second ${part} at ${index}`);
    exchanges.set(leaf.id, { ...known, [part]: { index, leaf } });
    statements.add(leaf.request.jti);
    if (leaf.problem === "outcome-unknown") judged.outcomesUnknown++;
    const counts = leaf.type === "intent" || (leaf.intent === undefined && !uncounted.has(leaf.problem ?? ""));
    if (counts) add(uses, `${dayOf(Date.parse(leaf.at)).name} ${leaf.grant!}`);
  };
  const tellControl = (index: number, leaf: ControlLeaf): void => {
    const change = readControlChange(leaf.change);
    if (change === undefined) return fail(`the control leaf at ${index} has none of the known forms`);
    if ("registry" in change) add(controls, change.registry.version);
    if (!("evidence" in change)) return;
    ended.push({ month: change.evidence.destroyed.slice(0, "2026-11".length), at: index });
    judged.destructions++;
  };

  const isEnded = (index: number, { at }: ExchangeLeaf): boolean => ended.some((end) => at.startsWith(end.month) && index < end.at);

  /**
   * Audits all of it, is told what is new, and finds the heads of which receipts speak; the one that was judged before has to be among
   * them.
   */
  const readLog = async (log: ReadableLog, heads: readonly number[]): Promise<void> => {
    const before = { size, root: roots.get(size)! };
    // The gateway may have more to tell while this reads.
    const checkpoint = await log.checkpoint();
    const now = parseCheckpoint(checkpoint)!.size;
    const sizes = [...new Set([before.size, now, ...heads.filter((head) => head > before.size && head < now)])].sort((a, b) => a - b);
    roots = new Map([[0, emptyRoot]]);
    const report = await auditLog(
      { checkpoint: async () => checkpoint, tile: log.tile },
      {
        vkey: environment.instance.vkey,
        sizes: sizes.filter((head) => head > 0),
        onRoot: (head, root) => void roots.set(head, root),
        onLeaf(index, leaf) {
          if (index >= before.size && leaf !== undefined) tell(index, leaf);
        },
      },
    );
    for (const { place, text } of report.findings) fail(`audit: ${JSON.stringify(place)} ${text.en}`);
    if (report.openIntents.length > 0) fail(`open intents after the start: ${report.openIntents.join(", ")}`);
    if (roots.get(before.size)?.equals(before.root) !== true) fail(`the head at ${before.size} is not of the tree that was there before`);
    judged.leaves = size = report.size;
  };

  /** What the ledger counts is what the leaves say, and a gateway that starts goes on from there. */
  const judgeUsage = async (log: ReadableLog, controlOrigin: string | undefined): Promise<void> => {
    const today = dayOf(environment.clock()).name;
    const counted = new Map((await log.usage(today)).map(({ grant, used }) => [grant, used]));
    const metrics = controlOrigin === undefined ? undefined : await (await fetch(`${controlOrigin}/metrics`)).text();
    for (const [key, used] of uses) {
      const [day, grant = ""] = key.split(" ");
      if (day !== today) continue;
      if (counted.get(grant) !== used) fail(`${grant}: ${used} uses by the leaves, ${counted.get(grant) ?? 0} counted`);
      const remembered = metrics?.split("\n").find((line) => line.startsWith("simpul_quota_used{") && line.includes(`"${grant}"`));
      if (metrics !== undefined && !(Number(remembered?.split(" ").at(-1)) >= used))
        fail(`${grant}: ${used} uses by the leaves, but the gateway goes on from "${remembered ?? ""}"`);
      if (grant === scarceGrant && used > scarceQuota) fail(`${grant}: ${used} uses of ${scarceQuota}`);
    }
  };

  const judgeExecutions = (): void => {
    for (; seen < environment.received.length; seen++) {
      const { exchange, claims, unsafe, hash } = carriedBy(environment.received[seen]!);
      if (carried.has(exchange)) fail(`exchange ${exchange} reached the provider twice`);
      carried.add(exchange);
      const intent = exchanges.get(exchange)?.intent?.leaf;
      if (add(carriedFor, claims.jti) > 1 && unsafe) fail(`statement ${claims.jti} was executed twice`);
      if (!unsafe) continue;
      judged.executions++;
      if (intent === undefined) fail(`${claims.htm} ${exchange} reached the provider without an intent`);
      else if (intent.request.statement !== hash) fail(`the intent of ${exchange} names another statement`);
    }
  };

  const judgeAnswer = async (log: ReadableLog, attempt: Attempt, sent: Sent): Promise<void> => {
    const { "spl-exchange": id = "", "spl-problem": problem, "spl-receipt": receipt } = sent.fields;
    judged.answers++;
    if (problem === "internal") fail(`${attempt.kind} ${id}: internal`);
    if (unrecorded.has(problem ?? "")) return;
    const end = exchanges.get(id)?.end;
    if (end === undefined) return fail(`${attempt.kind} ${id} was answered ${sent.status} ${problem ?? ""} and has no leaf`);
    const { request, response } = end.leaf;
    if (end.leaf.problem !== problem)
      fail(`${id} was answered ${problem ?? "delivered"}, its leaf says ${end.leaf.problem ?? "delivered"}`);
    if (request.statement !== sha256(sent.claims).toString("base64url") || response?.delivered?.status !== sent.status)
      fail(`the leaf of ${id} is about another exchange`);
    const keys = (await log.sealedRecord(end.index))?.keys;
    if (keys === undefined) return isEnded(end.index, end.leaf) ? undefined : fail(`no keys are kept for leaf ${end.index}`);
    if (request.commit !== undefined && !opens(request.commit, keys.subarray(0, 32), attempt.content))
      fail(`the request of ${id} does not open`);
    if (!opens(response?.delivered?.commit ?? "", keys.subarray(32, 64), sent.answer)) fail(`the answer of ${id} does not open`);
    if (receipt !== undefined)
      judgeReceipt(receipt, {
        exchange: id,
        status: sent.status,
        htm: attempt.claims.htm,
        statement: sent.claims,
        responseContent: sent.answer,
        ...(request.commit === undefined ? {} : { requestContent: attempt.content }),
      });
  };

  const judgeReceipt = (field: string, facts: Parameters<typeof checkReceipt>[1]): void => {
    judged.receipts++;
    const receipt = parseReceipt(field);
    if (receipt === undefined) return fail(`a receipt of ${facts?.exchange ?? ""} cannot be read`);
    for (const { holds, text } of checkReceipt(receipt, { vkey: environment.instance.vkey, consumer, service, ...facts }))
      if (holds === false) fail(`receipt of ${facts?.exchange ?? ""}: ${text.en}`);
    const { size, root } = parseCheckpoint(receipt.checkpoint)!;
    if (roots.get(size)?.equals(root) !== true)
      fail(`the receipt of ${facts?.exchange ?? ""} leads to a head at ${size} that this log never had`);
  };

  /** Statement and keys are kept for every exchange, or gone where a leaf says so; those of answers were opened above. */
  const judgeEvidence = async (log: ReadableLog, begin: number): Promise<void> => {
    for (const { intent, end } of exchanges.values()) {
      for (const part of [intent, end]) {
        if (part === undefined || part.index < begin) continue;
        const record = await log.sealedRecord(part.index);
        if (isEnded(part.index, part.leaf)) {
          if (record !== undefined) fail(`the evidence of leaf ${part.index} is there although a leaf says that it was destroyed`);
          continue;
        }
        judged.evidence++;
        if (record?.keys === undefined) fail(`no keys are kept for leaf ${part.index}`);
        if (part === end && intent !== undefined) continue;
        const octets = Buffer.from(record?.statement?.split(".")[1] ?? "", "base64url");
        if (sha256(octets).toString("base64url") !== part.leaf.request.statement) fail(`the statement of leaf ${part.index} is not kept`);
      }
    }
  };

  const judgeRegistry = async (): Promise<void> => {
    const store = storesAt(environment.config.registry).openRegistry();
    try {
      if ((await store.pending()).length > 0) fail("a registry change waits although the gateway serves");
      judged.registryVersions = await store.version();
      for (let version = 1; version <= judged.registryVersions; version++)
        if (controls.get(version) !== 1) fail(`registry version ${version} has ${controls.get(version) ?? 0} control leaves`);
    } finally {
      await store.close();
    }
  };

  return {
    judged,
    async judge(controlOrigin) {
      const log = readLedger(environment);
      try {
        const begin = size;
        const endedBefore = ended.length;
        const fresh = load.attempts.flatMap((attempt) =>
          attempt.answers.filter((sent) => !judgedAnswers.has(sent)).map((sent) => ({ attempt, sent })),
        );
        const given = load.receipts
          .splice(0)
          .flatMap(({ status, answer }) => (status === 200 ? [(JSON.parse(answer.toString()) as { receipt: string }).receipt] : []));
        const heads = [...fresh.map(({ sent }) => sent.fields["spl-receipt"]), ...given].map(
          (field) => parseCheckpoint(parseReceipt(field ?? "")?.checkpoint ?? "")?.size ?? 0,
        );
        await readLog(log, heads);
        await judgeUsage(log, controlOrigin);
        judgeExecutions();
        for (const { attempt, sent } of fresh) {
          judgedAnswers.add(sent);
          await judgeAnswer(log, attempt, sent);
        }
        for (const field of given) judgeReceipt(field, {});
        await judgeEvidence(log, ended.length > endedBefore ? 0 : begin);
        await judgeRegistry();
      } finally {
        await log.close();
      }
    },
    recorded: (jti) => statements.has(jti),
    reads: (jti) => carriedFor.get(jti) ?? 0,
    used: (grant) => uses.get(`${dayOf(environment.clock()).name} ${grant}`) ?? 0,
  };
}

function add<Key>(counts: Map<Key, number>, key: Key): number {
  const count = (counts.get(key) ?? 0) + 1;
  counts.set(key, count);
  return count;
}

/** What a request to the provider carries. */
function carriedBy({ method, rawHeaders }: ReceivedCall): { exchange: string; claims: Claims; unsafe: boolean; hash: string } {
  const field = (name: string): string =>
    rawHeaders[rawHeaders.findIndex((header, i) => i % 2 === 0 && header.toLowerCase() === name) + 1]!;
  const octets = Buffer.from(field("spl-signature").split(".")[1]!, "base64url");
  return {
    exchange: field("spl-exchange"),
    claims: JSON.parse(octets.toString()) as Claims,
    unsafe: method !== "GET" && method !== "HEAD",
    hash: sha256(octets).toString("base64url"),
  };
}
