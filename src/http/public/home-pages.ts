import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { projectFolder } from "../../base/project.ts";
import { requireIntranetSource } from "../../exchange/intranet.ts";
import type { Gateway } from "../../exchange/ports.ts";
import { both, section } from "../../report/markup.ts";
import { reportPage } from "../../report/page.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import { answer } from "./catalogue-pages.ts";
import { messages } from "./catalogue-messages.ts";
import type { PeerOf } from "./peer.ts";
import { refusePage, sendNotFound } from "./refuse-page.ts";

/** The guides, and the folders of example code, that a developer without the repository can read here. */
const guides = ["client.md", "provider.md"] as const;
const exampleFolders = ["clients", "providers"];

/** `GET /` says what this is and where to go; `GET /docs/…` are the guides and example clients. Open inside the intra network. */
export function homePages(
  app: FastifyInstance,
  { gateway, catalogue, peerOf }: { gateway: Gateway; catalogue: Catalogue; peerOf: PeerOf },
): void {
  const docs = join(projectFolder, "docs");
  const examples = exampleFolders.flatMap((folder) => readdirSync(join(docs, folder)).map((name) => `${folder}/${name}`));
  const documents = new Set<string>([...guides, ...examples]);

  app.setErrorHandler(refusePage(gateway));
  app.addHook("onRequest", async (request) => requireIntranetSource(gateway.allowedNetworks, peerOf(request.raw)));

  app.get("/", async (request, reply) => {
    const instance = await catalogue.instance();
    const what = messages.what(instance?.name ?? gateway.authority);
    const facts = {
      name: "Simpul",
      what,
      publicOrigin: gateway.publicOrigin,
      ...(instance === undefined ? {} : { instance: instance.id, instanceName: instance.name, timeZone: instance.timeZone }),
      catalogue: "/catalogue",
      documents: [...documents].map((path) => `/docs/${path}`),
      logs: "/logs",
    };
    return answer(request, reply, facts, () => homePage(what, examples));
  });

  app.get<{ Params: { "*": string } }>("/docs/*", async (request, reply) => {
    const path = request.params["*"];
    if (!documents.has(path)) return sendNotFound(reply, messages.documentUnknown);
    return reply
      .type("text/plain; charset=utf-8")
      .header("Cache-Control", "max-age=3600")
      .send(readFileSync(join(docs, path)));
  });
}

function homePage(what: { readonly id: string; readonly en: string }, examples: readonly string[]): string {
  const link = (href: string, words: string): string => `<li><a href="${href}">${words}</a></li>`;
  const places = [
    link("/catalogue", both(messages.catalogue)),
    ...guides.map((path) => link(`/docs/${path}`, both(messages.guide(path)))),
    ...examples.map((path) => link(`/docs/${path}`, `${both(messages.example)}: ${path}`)),
    link("/logs", both(messages.logs)),
  ];
  return reportPage({
    subject: "Simpul",
    verdict: what,
    tone: "open",
    summary: `<p>${both(messages.summary)}</p>`,
    sections: [
      section(messages.places, `<ul>${places.join("\n")}</ul>`),
      section(messages.steps, `<ol>${messages.stepList.map((step) => `<li>${both(step)}</li>`).join("\n")}</ol>`),
    ],
    footer: both(messages.footer),
    style: "",
  });
}
