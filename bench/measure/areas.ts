import type { Attribute, Frame } from "./cpu-profile.ts";

/** One row an area of an exchange's work: the frames whose time it is, by function name or by file. The first row that fits counts. */
const table: readonly { readonly area: string; readonly names?: RegExp; readonly files?: RegExp }[] = [
  { area: "garbage collection", names: /^\(garbage collector\)$/ },
  { area: "native code without a JavaScript frame (event loop, llhttp)", names: /^\(program\)$/ },
  { area: "signature verification", names: /^verifyOneShot$/ },
  { area: "checkpoint signature", names: /^signOneShot$/ },
  { area: "SHA-256", names: /^hash$/, files: /internal\/crypto\/hash/ },
  { area: "forward: undici, upstream socket", files: /\/undici\/|src\/(?:http\/upstream|exchange)\/forward\.ts|wasm:/ },
  { area: "answer: head, socket write", names: /^respond$/, files: /node:_http_outgoing|_http_server.*writeHead/ },
  {
    area: "contract: JSON, ajv, formats",
    files: /src\/contract\/|src\/exchange\/contract\.ts|\/ajv\//,
    names: /^validate\d*$/,
  },
  { area: "statement: JWS, strict JSON, claims", files: /src\/trust\// },
  { area: "head: fields, path, names", files: /src\/exchange\/head\.ts/ },
  {
    area: "hand-over to the ledger's thread",
    files: /src\/store\/sqlite\/ledger-(?:thread|wire)|src\/ledger\/append/,
    names: /^postMessage$/,
  },
  { area: "SQLite: rows, commit, fsync", files: /src\/store\/sqlite\/ledger/ },
  { area: "leaf, commitment, receipt", files: /src\/ledger\/|src\/exchange\/(?:notarise|answer|content)\.ts/ },
  { area: "metering and logs", files: /src\/telemetry\/|prom-client|\/pino\// },
  { area: "pipeline, grant, quota, replay memory", files: /src\/(?:exchange|store|base|gateway)/ },
  { area: "HTTP in: parse, request and response objects, timers", files: /node:_http|src\/http\/|node:internal\/(?:timers|http)/ },
];

const fits = ({ functionName, url }: Frame, { names, files }: (typeof table)[number]): boolean =>
  names?.test(functionName) === true || files?.test(url) === true;

/** The area of a frame; sockets, streams, buffers and microtasks belong to whoever called. */
export const areaOf: Attribute = (frame) => table.find((row) => fits(frame, row))?.area;
