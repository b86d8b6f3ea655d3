import type { Text } from "../base/text.ts";

export const say = (id: string, en: string): Text => ({ id, en });

/** The sentence of every fault of a contract, by code. */
export const contractSentences = {
  "contract-no-object": () => say("bukan dokumen OpenAPI: isinya bukan objek", "no OpenAPI document: it is not an object"),
  "contract-no-openapi": () =>
    say("bukan dokumen OpenAPI: anggota “openapi” tidak ada", "no OpenAPI document: there is no member “openapi”"),
  "contract-version-text": () =>
    say(
      'versi harus teks dalam tanda kutip, seperti openapi: "3.1.0" atau swagger: "2.0"',
      'the version must be a string in quotes, such as openapi: "3.1.0" or swagger: "2.0"',
    ),
  "contract-version": () =>
    say(
      'yang dibaca hanya OpenAPI 3.0, 3.1, dan 3.2, seperti openapi: "3.1.0", dan swagger: "2.0"',
      'only OpenAPI 3.0, 3.1 and 3.2 are read, such as openapi: "3.1.0", and swagger: "2.0"',
    ),
  "dialect-unknown": () =>
    say(
      "hanya dialek JSON Schema 2020-12 dan dialek OpenAPI yang dapat dinilai; hapus baris ini bila skemanya sesuai dengan itu",
      "only JSON Schema 2020-12 and the dialects of OpenAPI can be judged; drop this line if the schema keeps to them",
    ),
  "reference-invalid": () =>
    say("$ref harus menunjuk ke bagian yang ada dalam dokumen ini (#/…)", "$ref must point to an existing part of this document (#/…)"),
  "reference-circular": () => say("$ref ini berputar tanpa pernah sampai pada isi", "this $ref goes round without ever reaching content"),
  "reference-kind": () =>
    say(
      "$ref ini menunjuk ke bagian dari jenis lain, seperti skema di tempat parameter",
      "this $ref points to something of another kind, such as a schema in place of a parameter",
    ),
  "reference-file": (name: string) =>
    say(
      `berkas ${name} tidak ada di samping kontrak atau tidak dapat dibaca`,
      `there is no file ${name} beside the contract, or it cannot be read`,
    ),
  "reference-outside": () =>
    say(
      "$ref hanya boleh ke berkas di dalam folder kontrak ini, dengan jalur relatif",
      "a $ref may only lead to a file within the folder of this contract, by a relative path",
    ),
  "reference-remote": () =>
    say(
      "$ref ke internet tidak diikuti; salin berkasnya ke folder kontrak dan tunjuk dengan jalur relatif",
      "a $ref to the internet is not followed; copy the file into the contract's folder and point to it by a relative path",
    ),
  "schema-multiplies": (limit: string) =>
    say(
      `untuk satu nilai, skema ini dan yang dirujuknya dinilai lebih dari ${limit} kali; rujuk bagian yang sama satu kali saja`,
      `for one value, this schema and those that it refers to are applied more than ${limit} times; refer to the same part once`,
    ),
  "schema-circle": () =>
    say(
      "skema ini kembali ke dirinya sendiri tanpa masuk ke anggota atau butir; tidak ada isi yang dapat dinilai",
      "this schema leads back to itself without going into a member or an item; no content can be judged by it",
    ),
  "operations-missing": () =>
    say("kontrak ini tidak punya operasi untuk dilayani (paths)", "this contract has no operation to be served (paths)"),
  "operation-duplicate": () => say("operationId ini sudah dipakai", "this operationId is used already"),
  "path-invalid": () =>
    say(
      "setiap ruas jalur harus teks RFC 3986 yang tidak kosong, boleh dengan {nama} di dalamnya; tanpa ?, #, ; dan ruas titik",
      "each segment of a path must be non-empty RFC 3986 text, which may have {name} in it; no ?, #, ; or dot segments",
    ),
  "path-shared-segment": () =>
    say(
      "di antara dua {nama} dalam satu ruas harus ada teks; tulis /peta/{z}-{x} atau /peta/{z}/{x}, bukan /peta/{z}{x}",
      "between two {name} in one segment there must be text; write /peta/{z}-{x} or /peta/{z}/{x}, not /peta/{z}{x}",
    ),
  "status-case": (right: string) =>
    say(`rentang status ditulis dengan huruf besar: ${right}`, `a range of statuses is in upper case: ${right}`),
  "path-ambiguous": (other: string) =>
    say(`jalur ini cocok dengan permintaan yang sama seperti ${other}`, `this path matches the same requests as ${other}`),
  "parameter-path": (names: string) =>
    say(
      `setiap nama dalam jalur hanya boleh satu kali, agar parameternya satu nilai: ${names}`,
      `each name may be in the path once only, so that its parameter is one value: ${names}`,
    ),
  "parameter-duplicate": () => say("parameter ini dinyatakan dua kali", "this parameter is declared twice"),
  "parameter-reserved": () =>
    say(
      "nama header ini dipegang oleh HTTP atau gerbang; pilih nama lain, seperti X-…",
      "this header belongs to HTTP or to the gateway; choose another name, such as X-…",
    ),
  "parameter-cookie": () =>
    say(
      "kuki tidak dibawa gerbang; jadikan header atau kueri, atau tidak wajib",
      "the gateway carries no cookies; make it a header or query parameter, or not required",
    ),
  "parameter-name": (longest: string) =>
    say(`nama parameter harus 1–${longest} karakter`, `the name of a parameter must have 1–${longest} characters`),
  "parameter-header-name": () =>
    say(
      "nama header paling panjang 64 karakter (protokol §2.1), seperti X-Nama-Unit",
      "the name of a header has at most 64 characters (protocol §2.1), such as X-Nama-Unit",
    ),
  "parameter-same-field": (other: string) =>
    say(
      `bagi sebagian penyedia nama header ini sama dengan ${other}: CGI, PHP dan WSGI menulis tanda hubung sebagai _ (RFC 3875 §4.1.18)`,
      `to some providers this header is the same as ${other}: CGI, PHP and WSGI write a hyphen as _ (RFC 3875 §4.1.18)`,
    ),
  "parameter-shapeless": () =>
    say(
      "parameter ini tanpa schema; tambahkan schema, atau content untuk JSON",
      "this parameter has no schema; add one, or content for JSON",
    ),
  "parameter-both": () =>
    say("schema dan content tidak boleh bersama; pilih satu", "schema and content must not stand together; choose one"),
  "parameter-content": () =>
    say(
      "content sebuah parameter harus tepat satu jenis isi, seperti application/json",
      "the content of a parameter must be exactly one media type, such as application/json",
    ),
  "parameter-style": (allowed: string) =>
    say(`style ini tidak berlaku di tempat ini; yang boleh: ${allowed}`, `this style does not hold in this place; allowed: ${allowed}`),
  "parameter-matrix": () =>
    say(
      "style matrix memakai titik koma, yang tidak boleh ada dalam jalur (protokol §2); pakai simple atau label",
      "the style matrix writes semicolons, which no path may have (protocol §2); use simple or label",
    ),
  "parameter-type": () =>
    say(
      "nilainya harus dapat ditulis: teks, bilangan, boolean, atau array dan object dari itu; selain itu pakai content: application/json",
      "its value must be one that can be written: text, a number, a boolean, or an array or object of these; " +
        "else use content: application/json",
    ),
  "parameter-deep": () =>
    say(
      "style deepObject memerlukan object yang anggotanya teks, bilangan, boolean, atau array dari itu",
      "the style deepObject needs an object whose members are texts, numbers, booleans or arrays of these",
    ),
  "parameter-ambiguous": (other: string) =>
    say(
      `anggota object ini memakai nama yang sama dalam kueri dengan ${other}; pakai style deepObject, atau nama lain`,
      `the members of this object have the same names in a query as ${other}; use the style deepObject, or other names`,
    ),
  "parameter-value-path": () =>
    say(
      "nilai ini tidak dapat berada dalam jalur, karena kosong, sebuah titik, atau memuat / \\ % atau karakter kendali (protokol §2); " +
        "pakai parameter query, atau tulis nilainya lain",
      "this value cannot be in a path, because it is empty, a dot, or holds / \\ % or a control character (protocol §2); " +
        "use a query parameter, or write the value otherwise",
    ),
  "parameter-value-header": () =>
    say(
      "nilai ini tidak dapat berada dalam header: hanya ASCII yang tampak, tanpa spasi di tepi, paling banyak 1024; " +
        "pakai parameter query atau isi",
      "this value cannot be in a header: visible ASCII only, no space at the ends, at most 1024; use a query parameter or the content",
    ),
  "body-twice": () =>
    say(
      "operasi ini sudah punya parameter body; satu operasi menerima satu isi (OpenAPI 2.0, Parameter Object)",
      "this operation has a body parameter already; an operation takes one content (OpenAPI 2.0, Parameter Object)",
    ),
  "body-and-form": () =>
    say(
      "body dan formData tidak boleh bersama dalam satu operasi, karena keduanya seluruh isi (OpenAPI 2.0, Parameter Object)",
      "body and formData must not be together in one operation, for each is the whole content (OpenAPI 2.0, Parameter Object)",
    ),
  "collection-format": (allowed: string) =>
    say(
      `larik tidak dapat ditulis begini di tempat ini; yang dapat: ${allowed}`,
      `an array cannot be written like this in this place; these can: ${allowed}`,
    ),
  "conversion-too-large": (limit: string) =>
    say(
      `bagian yang dipakai bersama menjadi lebih dari ${limit} byte bila ditulis untuk tiap operasi; pakai lebih sedikit jenis isi`,
      `parts that are shared become more than ${limit} bytes if written for each operation; use fewer media types`,
    ),
  "media-type": () =>
    say(
      "harus satu jenis isi, seperti application/json, atau rentang, seperti application/*; parameter boleh, charset hanya utf-8",
      "must be one media type, such as application/json, or a range, such as application/*; parameters are allowed, charset only utf-8",
    ),
  "media-type-duplicate": (other: string) =>
    say(`jenis isi ini sudah dinyatakan sebagai ${other}`, `this media type is declared already as ${other}`),
  "pattern-invalid": (id: string, en: string) => say(id, en),
  "pattern-explodes": () =>
    say(
      "pola ini memakai rujukan balik (\\1) dan dapat cocok dengan lebih dari satu cara, sehingga dapat dibuat berjalan tanpa akhir; " +
        "hapus rujukan baliknya",
      "this pattern has a back reference (\\1) and can match in more than one way, so that it can be made to run for ever; " +
        "drop the back reference",
    ),
  "pattern-too-large": () =>
    say(
      "pola ini terlalu besar untuk dinilai; pendekkan, perkecil bilangan pengulangannya, atau pakai maxLength dan enum",
      "this pattern is too large to be judged; shorten it, make its counts of repetitions smaller, or use maxLength and enum",
    ),
  "schema-invalid": (reason: string) => say(`skema tidak dapat dipakai: ${reason}`, `the schema cannot be used: ${reason}`),
  "example-invalid": (id: string, en: string) => say(`contoh tidak sesuai skemanya: ${id}`, `the example breaks its schema: ${en}`),
  "example-unknown": () =>
    say(
      "nama contoh harus <operationId>[.<nama>].<bagian>.json; bagian: request, response (status 2XX pertama), " +
        "atau sebuah status; dan kontrak harus punya isi JSON di situ",
      "an example is named <operationId>[.<name>].<part>.json; the part is request, response (the first 2XX status) " +
        "or a status; and the contract must have JSON content there",
    ),
} satisfies Record<string, (...words: never[]) => Text>;
