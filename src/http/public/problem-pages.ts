import type { FastifyInstance } from "fastify";
import { problems, type Blame } from "../../base/problem.ts";
import type { Text } from "../../base/text.ts";
import { refusals } from "../../policy/refusal.ts";
import { messages } from "./messages.ts";
import { sendNotFound } from "./refuse-page.ts";

interface Kind {
  readonly status: number;
  readonly title: Text;
  readonly by?: Blame;
}

/** The codes of both ports. A code of both catalogues means the same in both (test/http/public/problem-pages.test.ts). */
const kinds: ReadonlyMap<string, Kind> = new Map<string, Kind>([...Object.entries(refusals), ...Object.entries(problems)]);

/** The page behind a problem's `type` (RFC 9457 §3.1.1): its meaning, in both languages. */
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
  return `<!doctype html><html lang="id"><meta charset="utf-8"><title>${code}</title>
<style>body{font:16px/1.5 system-ui;max-width:40rem;margin:4rem auto;padding:0 1rem}code{background:#eee;padding:.1em .3em}</style>
<h1>${title.id}</h1><p lang="en"><em>${title.en}</em></p>
<p><code>${code}</code>, HTTP ${status}.${act}</p>
</html>
`;
}
