import type { FastifyInstance } from "fastify";
import { problems } from "../../base/problem.ts";
import type { Text } from "../../base/text.ts";
import { refusals } from "../../policy/refusal.ts";

interface Kind {
  readonly status: number;
  readonly title: Text;
  readonly by?: keyof typeof blame;
}

const blame = {
  consumer: { id: "pemanggil (konsumen)", en: "the caller (consumer)" },
  provider: { id: "penyedia layanan", en: "the provider" },
  gateway: { id: "gerbang", en: "the gateway" },
} as const;

/** What refuses an exchange, and what refuses an officer's act; a code that both know means the same. */
const kinds: ReadonlyMap<string, Kind> = new Map<string, Kind>([...Object.entries(refusals), ...Object.entries(problems)]);

/** The page behind a problem's `type` (RFC 9457 §3.1.1): what it means, in both languages. */
export function problemPages(app: FastifyInstance): void {
  app.get<{ Params: { code: string } }>("/problems/:code", async (request, reply) => {
    const { code } = request.params;
    const kind = kinds.get(code);
    if (kind === undefined)
      return reply.code(404).type("text/plain; charset=utf-8").send("Kode masalah tidak dikenal. / Unknown problem code.\n");
    return reply.type("text/html; charset=utf-8").header("Cache-Control", "max-age=86400").send(page(code, kind));
  });
}

function page(code: string, { status, title, by }: Kind): string {
  const act = by === undefined ? "" : ` Yang perlu bertindak: ${blame[by].id}. <span lang="en">(To act: ${blame[by].en}.)</span>`;
  return `<!doctype html><html lang="id"><meta charset="utf-8"><title>${code}</title>
<style>body{font:16px/1.5 system-ui;max-width:40rem;margin:4rem auto;padding:0 1rem}code{background:#eee;padding:.1em .3em}</style>
<h1>${title.id}</h1><p lang="en"><em>${title.en}</em></p>
<p><code>${code}</code>, HTTP ${status}.${act}</p>
</html>
`;
}
