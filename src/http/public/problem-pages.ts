import type { FastifyInstance } from "fastify";
import { advice } from "../../base/problem-messages.ts";
import { problems, type ProblemCode } from "../../base/problem.ts";
import type { Text } from "../../base/text.ts";
import { refusals } from "../../policy/refusal.ts";
import { messages } from "./messages.ts";
import { sendNotFound } from "./refuse-page.ts";

interface Kind {
  readonly status: number;
  readonly title: Text;
  readonly by?: keyof typeof messages.parties;
}

/** The codes of both ports. A code of both catalogues means the same in both (test/http/public/problem-pages.test.ts). */
const kinds: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ...Object.entries(refusals),
  ...Object.entries(problems),
  // The gateway refuses, but only the service's owner can open it again.
  ["service-suspended", { ...problems["service-suspended"], by: "owner" }],
]);

/** The page behind a problem's `type` (RFC 9457 §3.1.1): its meaning and what would be right, in both languages. */
export function problemPages(app: FastifyInstance): void {
  app.get<{ Params: { code: string } }>("/problems/:code", async (request, reply) => {
    const { code } = request.params;
    const kind = kinds.get(code);
    if (kind === undefined) return sendNotFound(reply, messages.codeUnknown);
    return reply.type("text/html; charset=utf-8").header("Cache-Control", "max-age=86400").send(page(code, kind));
  });
}

function page(code: string, { status, title, by }: Kind): string {
  const toAct = by && messages.toAct(messages.parties[by]);
  const act = toAct === undefined ? "" : ` ${toAct.id} <span lang="en">${toAct.en}</span>`;
  const right = Object.hasOwn(advice, code) ? advice[code as ProblemCode] : undefined;
  const help = right === undefined ? "" : `\n<p>${right.id}</p><p lang="en"><em>${right.en}</em></p>`;
  return `<!doctype html><html lang="id"><meta charset="utf-8"><title>${code}</title>
<style>body{font:16px/1.5 system-ui;max-width:40rem;margin:4rem auto;padding:0 1rem}code{background:#eee;padding:.1em .3em}</style>
<h1>${title.id}</h1><p lang="en"><em>${title.en}</em></p>
<p><code>${code}</code>, HTTP ${status}.${act}</p>${help}
</html>
`;
}
