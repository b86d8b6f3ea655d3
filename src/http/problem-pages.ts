import type { FastifyInstance } from "fastify";
import { problems, type ProblemCode } from "../base/problem.ts";

/** The page behind a problem's `type` (RFC 9457 §3.1.1): what it means, in both languages. */
export function problemPages(app: FastifyInstance): void {
  app.get<{ Params: { code: string } }>("/problems/:code", async (request, reply) => {
    const { code } = request.params;
    if (!Object.hasOwn(problems, code)) return reply.code(404).type("text/plain; charset=utf-8").send("Kode masalah tidak dikenal. / Unknown problem code.\n");
    const { status, by, title } = problems[code as ProblemCode];
    return reply.type("text/html; charset=utf-8").header("Cache-Control", "max-age=86400").send(page(code, status, by, title));
  });
}

const blame = {
  consumer: { id: "pemanggil (konsumen)", en: "the caller (consumer)" },
  provider: { id: "penyedia layanan", en: "the provider" },
  gateway: { id: "gerbang", en: "the gateway" },
} as const;

function page(code: string, status: number, by: keyof typeof blame, title: { id: string; en: string }): string {
  return `<!doctype html><html lang="id"><meta charset="utf-8"><title>${code}</title>
<style>body{font:16px/1.5 system-ui;max-width:40rem;margin:4rem auto;padding:0 1rem}code{background:#eee;padding:.1em .3em}</style>
<h1>${title.id}</h1><p lang="en"><em>${title.en}</em></p>
<p><code>${code}</code>, HTTP ${status}. Yang perlu bertindak: ${blame[by].id}. <span lang="en">(To act: ${blame[by].en}.)</span></p>
</html>
`;
}
