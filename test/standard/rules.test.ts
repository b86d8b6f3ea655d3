import { describe, expect, it, test } from "vitest";
import { changed, findingsOf, judged, list, lookup, put, sample, schemas, standard, type Doc } from "./sample.ts";

type Change = (doc: Doc) => void;
interface Row {
  /** What breaks the rule, and at which pointer it is told. */
  readonly fails: readonly (readonly [Change, string])[];
  /** What does not, although it might seem to. */
  readonly passes?: readonly Change[];
  readonly previous?: Doc;
}

const property =
  (name: string, schema: object): Change =>
  (doc) =>
    put(schemas(doc)["Warga"]!["properties"], name, schema);
const input =
  (name: string, schema: object): Change =>
  (doc) =>
    put(schemas(doc)["Penelusuran"]!["properties"], name, schema);
const parameter =
  (value: object): Change =>
  (doc) =>
    void (list(doc)["parameters"] as unknown as object[]).push({ description: "Parameter.", ...value });
const info =
  (name: string, value: unknown): Change =>
  (doc) =>
    put(doc["info"], name, value);
const without =
  (holder: (doc: Doc) => Doc, name: string): Change =>
  (doc) =>
    void delete holder(doc)[name];
const path =
  (from: string, to: string): Change =>
  (doc) => {
    doc["paths"]![to] = doc["paths"]![from]!;
    delete doc["paths"]![from];
  };
const shownRegion = (example: string): Change =>
  parameter({ name: "asal", in: "query", schema: { type: "string", format: "kode-wilayah" }, example });
const regionsIn =
  (example: object): Change =>
  (doc) => {
    put(schemas(doc), "Wilayah", { type: "object", properties: { kodeWilayah: { type: "string", format: "kode-wilayah" } } });
    put(lookup(doc)["responses"]!["200"]!["content"], "application/json", {
      schema: {
        type: "object",
        properties: { daftar: { type: "array", maxItems: 9, items: { allOf: [{ $ref: "#/components/schemas/Wilayah" }] } } },
      },
      example,
    });
  };
const warga = "/components/schemas/Warga/properties";
const masalah = "/components/schemas/Masalah/properties";
const problem = (doc: Doc): Doc => schemas(doc)["Masalah"]!["properties"]!;
const masukan = "/components/schemas/Penelusuran/properties";
const third = "/paths/~1rukun-warga/get/parameters/2";
const answer = "/paths/~1penelusuran/post/responses/200";
const content = (doc: Doc): Doc => lookup(doc)["responses"]!["200"]!["content"]!;
const both: Change = (doc) => {
  put(doc["info"], "x-jenis", "data");
  put(doc["info"], "x-sdi", {
    konsep: "Penduduk",
    definisi: "Orang yang tinggal di daerah.",
    klasifikasi: "Menurut wilayah",
    ukuran: "Jumlah",
    satuan: "orang",
  });
};

const rows: Readonly<Record<string, Row>> = {
  "LID-CAT-NAMA": { fails: [[info("title", "  "), "/info/title"]] },
  "LID-CAT-DESKRIPSI": {
    fails: [
      [without((doc) => doc["info"]!, "description"), "/info"],
      [info("description", "Data warga."), "/info/description"],
    ],
  },
  "LID-CAT-ALAMAT": {
    fails: [
      [(doc) => put(doc, "paths", {}), "/paths"],
      [without((doc) => doc, "paths"), ""],
    ],
  },
  "LID-CAT-ATRIBUT": { fails: [[(doc) => delete list(doc)["parameters"]!["1"]!["description"], "/paths/~1rukun-warga/get/parameters/1"]] },
  "LID-CAT-OUTPUT": {
    fails: [
      [without((doc) => lookup(doc)["responses"]!["200"]!, "content"), answer],
      [without((doc) => lookup(doc)["responses"]!, "200"), "/paths/~1penelusuran/post/responses"],
      [without((doc) => content(doc)["application/json"]!, "schema"), answer],
      [
        (doc) => put(lookup(doc)["responses"], "202", { description: "Diterima.", content: { "application/json": {} } }),
        "/paths/~1penelusuran/post/responses/202",
      ],
    ],
    passes: [
      ...["201", "202", "204"].map(
        (status): Change =>
          (doc) =>
            put(lookup(doc)["responses"], status, { description: "Tanpa isi." }),
      ),
    ],
  },
  "LID-VIS": {
    fails: [
      [without((doc) => doc["info"]!, "x-visibilitas"), "/info"],
      [info("x-visibilitas", "publik"), "/info/x-visibilitas"],
    ],
    passes: [info("x-visibilitas", "terbuka")],
  },
  "LID-PROTO": { fails: [[(doc) => put(doc["paths"]!["/rukun-warga"], "trace", list(doc)), "/paths/~1rukun-warga/trace"]] },
  "LID-PROTO-ISI": {
    fails: [[(doc) => put(list(doc), "requestBody", lookup(doc)["requestBody"]), "/paths/~1rukun-warga/get/requestBody"]],
  },
  "LID-REST-KATA-KERJA": {
    fails: [
      [path("/penelusuran", "/getWarga"), "/paths/~1getWarga"],
      [path("/penelusuran", "/warga/cari-nama"), "/paths/~1warga~1cari-nama"],
      [path("/penelusuran", "/Hapus_Warga"), "/paths/~1Hapus_Warga"],
      [path("/penelusuran", "/proses-permohonan"), "/paths/~1proses-permohonan"],
      [path("/penelusuran", "/permohonan/proses"), "/paths/~1permohonan~1proses"],
      [path("/penelusuran", "/post-berkas"), "/paths/~1post-berkas"],
    ],
    passes: [
      ...[
        "/pengambilan",
        "/getaran",
        "/proses-bisnis",
        "/simpan-pinjam/{kode}",
        "/post-codes",
        "/postCode",
        "/proses-bisnis-utama",
        "/post-boxes",
      ],
      ...["/list-prices", "/process-owners", "/search-results", "/terima-kasih", "/set-top-boxes", "/prosesbisnis", "/load_balancers"],
    ].map((to) => path("/penelusuran", to)),
  },
  "LID-REST-JALUR": {
    fails: [
      [path("/penelusuran", "/Penelusuran"), "/paths/~1Penelusuran"],
      [path("/penelusuran", "/warga.json"), "/paths/~1warga.json"],
    ],
    passes: [path("/penelusuran", "/warga-baru/2026"), path("/penelusuran", "/penelusuran/"), path("/penelusuran", "/")],
  },
  "LID-REST-KUKI": {
    fails: [
      [parameter({ name: "sesi", in: "cookie", schema: { type: "string", maxLength: 9 } }), `${third}/in`],
      [
        (doc) => put(doc["components"], "securitySchemes", { sesi: { type: "apiKey", in: "cookie", name: "sid" } }),
        "/components/securitySchemes/sesi/in",
      ],
    ],
  },
  "LID-FMT": {
    fails: [
      [(doc) => put(content(doc), "text/html", {}), `${answer}/content/text~1html`],
      [
        (doc) => put(lookup(doc)["requestBody"]!["content"], "multipart/form-data", {}),
        "/paths/~1penelusuran/post/requestBody/content/multipart~1form-data",
      ],
    ],
    passes: [
      (doc) => put(content(doc), "text/csv", {}),
      (doc) => put(content(doc), "application/vnd.api+json", { schema: { type: "object" }, example: {} }),
    ],
  },
  "LID-ENC": {
    fails: [[(doc) => put(content(doc), "text/csv; charset=iso-8859-1", {}), `${answer}/content/text~1csv; charset=iso-8859-1`]],
    passes: [(doc) => put(content(doc), 'text/csv; charset="UTF-8"', {}), (doc) => put(content(doc), "text/csv;charset=utf-8", {})],
  },
  "LID-DOC": {
    fails: [
      [without(lookup, "summary"), "/paths/~1penelusuran/post"],
      [without(lookup, "description"), "/paths/~1penelusuran/post"],
    ],
  },
  "OAS-STRUKTUR": {
    fails: [
      [without((doc) => doc["info"]!, "title"), "/info"],
      [(doc) => put(lookup(doc), "response", {}), "/paths/~1penelusuran/post/response"],
      [parameter({ name: "a", schema: { type: "boolean" } }), third],
      [without((doc) => lookup(doc)["responses"]!["200"]!, "description"), answer],
    ],
    passes: [(doc) => put(lookup(doc), "x-pemilik", "Dinas"), (doc) => put(doc, "openapi", "3.0.3")],
  },
  "OAS-RUJUKAN": {
    fails: [
      [
        (doc) => put(content(doc)["application/json"], "schema", { $ref: "#/components/schemas/Tiada" }),
        `${answer}/content/application~1json/schema/$ref`,
      ],
    ],
    passes: [(doc) => put(content(doc)["application/json"], "example", { nama: "a", status: "aktif", $ref: "#/tiada" })],
  },
  "OAS-SKEMA": {
    fails: [
      [property("umur", { type: "bilangan" }), `${warga}/umur/type`],
      [property("umur", { type: "integer", nullable: true }), `${warga}/umur/nullable`],
      [property("umur", { type: "integer", maximun: 9 }), `${warga}/umur/maximun`],
      [property("umur", { type: "string", maxLength: -1 }), `${warga}/umur/maxLength`],
      [(doc) => (put(doc, "openapi", "3.0.3"), property("umur", { type: ["integer", "null"] })(doc)), `${warga}/umur/type`],
    ],
    passes: [
      property("umur", { type: ["integer", "null"], "x-satuan": "tahun" }),
      (doc) => (put(doc, "openapi", "3.0.3"), property("umur", { type: "integer", nullable: true })(doc)),
    ],
  },
  "OAS-POLA": {
    fails: [
      [property("kode", { type: "string", pattern: "/^\\d+$/i" }), `${warga}/kode/pattern`],
      [property("kode", { type: "string", pattern: "/^[a-z]+/" }), `${warga}/kode/pattern`],
      [property("kode", { type: "array", maxItems: 2, items: { type: "string", pattern: "/[a-z]$/u" } }), `${warga}/kode/items/pattern`],
      [property("peta", { type: "object", patternProperties: { "/^x/": { type: "string" } } }), `${warga}/peta/patternProperties/~1^x~1`],
    ],
    passes: [
      property("jalur", { type: "string", pattern: "/a/b/" }),
      property("jalur", { type: "string", pattern: "^/a/$" }),
      property("kode", { type: "string", pattern: "^[a-z]+$" }),
    ],
  },
  "OAS-JALUR": {
    fails: [
      [
        (doc) =>
          put(doc["paths"], "/rukun-warga/{nomor}", {
            get: {
              ...doc["paths"]!["/rukun-warga/{kode}"]!["get"],
              parameters: [{ name: "nomor", in: "path", required: true, description: "N.", schema: { type: "string", maxLength: 3 } }],
            },
          }),
        "/paths/~1rukun-warga~1{nomor}",
      ],
      [(doc) => put(doc["paths"]!["/rukun-warga/{kode}"]!["get"], "parameters", []), "/paths/~1rukun-warga~1{kode}/get"],
    ],
  },
  "OAS-OPERASI": {
    fails: [[(doc) => put(list(doc), "operationId", "lookupWarga"), "/paths/~1rukun-warga/get/operationId"]],
    passes: [without(lookup, "operationId"), (doc) => put(lookup(doc), "operationId", "lookup warga")],
  },
  "OAS-CONTOH": {
    fails: [[without((doc) => content(doc)["application/json"]!, "example"), `${answer}/content/application~1json`]],
    passes: [
      (doc) => (
        delete content(doc)["application/json"]!["example"],
        put(schemas(doc)["Warga"], "examples", [{ nama: "A", status: "aktif" }])
      ),
    ],
  },
  "OAS-CONTOH-SAH": {
    fails: [
      [
        (doc) => put(content(doc)["application/json"], "example", { nama: "A", status: "hilang" }),
        `${answer}/content/application~1json/example/status`,
      ],
      [
        (doc) => put(lookup(doc)["requestBody"]!["content"]!["application/json"]!["example"], "nik", "1603074532979001"),
        "/paths/~1penelusuran/post/requestBody/content/application~1json/example/nik",
      ],
      [(doc) => put(list(doc)["parameters"]!["0"], "example", 0), "/paths/~1rukun-warga/get/parameters/0/example"],
      [
        (doc) => (
          delete content(doc)["application/json"]!["example"],
          put(content(doc)["application/json"], "examples", { satu: { value: { nama: "A" } } })
        ),
        `${answer}/content/application~1json/examples/satu/value`,
      ],
      [
        (doc) => (
          property("harga", { type: "number", multipleOf: 0.01 })(doc),
          put(content(doc)["application/json"]!["example"], "harga", 0.075)
        ),
        `${answer}/content/application~1json/example/harga`,
      ],
      // Null is not in the enum: nullable does not put it there.
      [
        (doc) => {
          put(doc, "openapi", "3.0.3");
          property("kode", { type: "string", nullable: true, enum: ["A1"] })(doc);
          put(content(doc)["application/json"]!["example"], "kode", null);
        },
        `${answer}/content/application~1json/example/kode`,
      ],
      // What is wrong in a schema does not silence its examples.
      ...[
        { pattern: "(?i)^[a-z]+$" },
        { pattern: "\\A[a-z]\\z" },
        { maxLength: -1 },
        { enum: [] },
        { $ref: "#/tidak/ada" },
        { allOf: [] },
      ].map((wrong): readonly [Change, string] => [
        (doc) => {
          property("kode", { type: "string", ...wrong })(doc);
          Object.assign(content(doc)["application/json"]!["example"]!, { kode: 5, lebih: true });
        },
        `${answer}/content/application~1json/example`,
      ]),
    ],
    passes: [
      // In decimal: 0.07 / 0.01 is no whole number in doubles.
      (doc) => (
        property("harga", { type: "number", multipleOf: 0.01 })(doc),
        put(content(doc)["application/json"]!["example"], "harga", 0.07)
      ),
      (doc) => (
        put(doc, "openapi", "3.0.3"),
        property("umur", { type: "integer", nullable: true })(doc),
        put(content(doc)["application/json"]!["example"], "umur", null)
      ),
    ],
  },
  "OAS-NILAI": {
    fails: [
      [
        (doc) => put((doc["paths"]!["/rukun-warga/{kode}"]!["get"]!["parameters"] as unknown as Doc[])[0], "example", "1/2"),
        "/paths/~1rukun-warga~1{kode}/get/parameters/0/example",
      ],
      [parameter({ name: "X-Nama", in: "header", schema: { type: "string", enum: ["Siti", "Sití"] } }), `${third}/schema/enum/1`],
    ],
    passes: [parameter({ name: "surat", in: "query", schema: { type: "string", maxLength: 9 }, example: "474/12" })],
  },
  "OAS-ISI-DIPERIKSA": {
    fails: [
      [(doc) => put(content(doc), "application/xml", { schema: { type: "string" } }), `${answer}/content/application~1xml`],
      [(doc) => put(content(doc), "application/pdf", {}), `${answer}/content/application~1pdf`],
    ],
    passes: [(doc) => put(content(doc), "application/*", {})],
  },
  "OAS-SERVERS": {
    fails: [
      [(doc) => put(doc, "servers", [{ url: "https://api.contoh.go.id/v1" }]), "/servers"],
      [(doc) => put(list(doc), "servers", [{ url: "/v1" }]), "/paths/~1rukun-warga/get/servers"],
    ],
  },
  "OAS-SEMVER": {
    fails: [
      [info("version", "v1"), "/info/version"],
      [info("version", "1.02.0"), "/info/version"],
    ],
    passes: [info("version", "2.0.0-uji.1")],
  },
  "OAS-KONTAK": {
    fails: [
      [without((doc) => doc["info"]!, "contact"), "/info"],
      [info("contact", { name: "Meja", email: "tik" }), "/info/contact/email"],
    ],
  },
  "MASALAH-ADA": {
    fails: [[without((doc) => lookup(doc)["responses"]!, "default"), "/paths/~1penelusuran/post/responses"]],
    passes: [
      (doc) => (
        put(lookup(doc)["responses"], "4XX", lookup(doc)["responses"]!["default"]),
        put(lookup(doc)["responses"], "500", lookup(doc)["responses"]!["default"]),
        delete lookup(doc)["responses"]!["default"]
      ),
    ],
  },
  "MASALAH-TIADA": {
    fails: [
      [
        (doc) => {
          const responses = doc["paths"]!["/rukun-warga/{kode}"]!["get"]!["responses"]!;
          for (const status of ["400", "500"]) put(responses, status, responses["default"]);
          delete responses["default"];
        },
        "/paths/~1rukun-warga~1{kode}/get/responses",
      ],
    ],
    passes: [
      (doc) => {
        const responses = doc["paths"]!["/rukun-warga/{kode}"]!["get"]!["responses"]!;
        for (const status of ["4XX", "5XX"]) put(responses, status, responses["default"]);
        delete responses["default"];
      },
    ],
  },
  "MASALAH-RFC9457": {
    fails: [
      [
        (doc) =>
          put(lookup(doc)["responses"], "404", { description: "Tidak ada.", content: { "application/json": { schema: {}, example: {} } } }),
        "/paths/~1penelusuran/post/responses/404",
      ],
      [(doc) => put(problem(doc), "status", { type: "string" }), `${masalah}/status`],
      [(doc) => put(problem(doc), "status", { type: ["integer", "string"] }), `${masalah}/status`],
      [(doc) => put(problem(doc), "status", { enum: ["404"] }), `${masalah}/status`],
      [(doc) => put(problem(doc), "status", { const: 4004 }), `${masalah}/status`],
      [(doc) => put(problem(doc), "status", { anyOf: [{ type: "integer" }, { type: "string" }] }), `${masalah}/status`],
      [(doc) => put(problem(doc), "title", { type: "object", properties: {} }), `${masalah}/title`],
      [(doc) => put(problem(doc), "detail", { type: "array", items: { type: "string" } }), `${masalah}/detail`],
      [(doc) => put(problem(doc), "type", { type: "string", format: "uuid" }), `${masalah}/type`],
      [(doc) => put(problem(doc), "instance", { type: "integer" }), `${masalah}/instance`],
      [(doc) => put(schemas(doc), "Masalah", { type: "array", items: { type: "string" } }), "/components/schemas/Masalah"],
      [
        (doc) => put(schemas(doc), "Masalah", { allOf: [{ type: "object" }, { properties: { status: { type: "string" } } }] }),
        "/components/schemas/Masalah/allOf/1/properties/status",
      ],
    ],
    passes: [
      (doc) => put(problem(doc), "type", { type: "string", format: "uri-reference" }),
      (doc) => put(problem(doc), "type", { const: "about:blank" }),
      (doc) => put(problem(doc), "status", { type: "integer", enum: [404] }),
      (doc) => put(problem(doc), "status", { type: "number" }),
      (doc) => put(problem(doc), "status", {}),
      (doc) => put(problem(doc), "detail", { anyOf: [{ type: "string" }, { type: "null" }] }),
      (doc) => put(problem(doc), "galat", { type: "array", items: { type: "object" } }),
    ],
  },
  "FMT-IDENTITAS": {
    fails: [
      [property("nik", { type: "string" }), `${warga}/nik`],
      [property("nikIbu", { type: "string", pattern: "^[0-9]{16}$" }), `${warga}/nikIbu`],
      [property("nomor_kk", { type: "integer" }), `${warga}/nomor_kk`],
      [property("nip", { type: "array", maxItems: 2, items: { type: "string" } }), `${warga}/nip/items`],
      [property("npwp", { anyOf: [{ type: "string" }, { type: "null" }] }), `${warga}/npwp/anyOf/0`],
      [parameter({ name: "nib", in: "query", schema: { type: "string", maxLength: 13 } }), `${third}/schema`],
    ],
    passes: [
      property("nik", { type: "boolean" }),
      property("nik", { enum: ["ya", "tidak"], type: "string" }),
      property("jumlahNik", { type: "integer" }),
      property("nipLama", { type: ["string", "null"], format: "nip" }),
      property("nip_lama", { type: "string", pattern: "^[0-9]{9}$" }),
      property("teknik", { type: "string" }),
    ],
  },
  "FMT-WILAYAH": {
    fails: [
      [property("kodeWilayah", { type: "string" }), `${warga}/kodeWilayah`],
      [property("kd_kecamatan", { type: "number" }), `${warga}/kd_kecamatan`],
    ],
    passes: [property("kodeWilayah", { type: "string", format: "kode-wilayah-bps" }), property("namaWilayah", { type: "string" })],
  },
  "FMT-ARSITEKTUR": {
    fails: [
      [property("kodeRal", { type: "string" }), `${warga}/kodeRal`],
      [property("rad", { type: "string", format: "ral" }), `${warga}/rad`],
    ],
    passes: [property("ral", { type: "string", format: "ral" }), property("radius", { type: "number" })],
  },
  "FMT-TERDAFTAR": {
    fails: [
      [shownRegion("16.69"), `${third}/example`],
      [
        regionsIn({ daftar: [{ kodeWilayah: "16.73" }, { kodeWilayah: "97.01" }] }),
        `${answer}/content/application~1json/example/daftar/1/kodeWilayah`,
      ],
    ],
    passes: [shownRegion("16.73"), shownRegion("16.03.99"), shownRegion("91.01"), shownRegion("1674")],
  },
  "FMT-RUJUKAN": {
    fails: [
      [shownRegion("16.03.99"), `${third}/example`],
      [shownRegion("91.01"), `${third}/example`],
      [
        (doc) => put(lookup(doc)["requestBody"]!["content"]!["application/json"], "example", { nik: "1669074512979001" }),
        "/paths/~1penelusuran/post/requestBody/content/application~1json/example/nik",
      ],
    ],
    passes: [shownRegion("16.73"), shownRegion("16.03.07"), shownRegion("16.04.99"), shownRegion("16.69")],
  },
  "FMT-TANGGAL": {
    fails: [
      [property("tanggalLahir", { type: "string" }), `${warga}/tanggalLahir`],
      [property("timestamp", { type: "string", format: "date" }), `${warga}/timestamp`],
      [property("dibuatPada", { type: "integer" }), `${warga}/dibuatPada`],
      [property("created_at", { type: "string" }), `${warga}/created_at`],
      [property("tanggalBiaya", { type: "integer" }), `${warga}/tanggalBiaya`],
      [property("penaltyDate", { type: "string" }), `${warga}/penaltyDate`],
      [property("tanggalLahir", { type: "integer", format: "int64" }), `${warga}/tanggalLahir`],
    ],
    passes: [
      property("tglLahir", { type: "string", format: "date" }),
      property("dibuatPada", { type: "string", format: "date-time" }),
      property("waktuTempuh", { type: "integer" }),
      property("biayaSetelahTanggalJatuhTempo", { type: "integer", format: "rupiah" }),
      property("tanggalBayarDenda", { type: "integer", format: "rupiah" }),
      property("amountAfterDueDate", { type: "number" }),
      property("amountonDueDate", { type: "number" }),
      property("denda_per_tanggal", { type: "integer" }),
      property("hari_sejak_tanggal_terbit", { type: "integer" }),
    ],
  },
  "FMT-RUPIAH": {
    fails: [
      [property("anggaran", { type: "string" }), `${warga}/anggaran`],
      [property("nilaiRupiah", { type: "number" }), `${warga}/nilaiRupiah`],
      ...["biaya", "hargaSatuan", "tarif", "jumlahBayar", "totalTagihan", "realisasi", "realisasiBelanja", "nilai_kontrak"].map(
        (name): readonly [Change, string] => [property(name, { type: "number" }), `${warga}/${name}`],
      ),
    ],
    passes: [
      property("anggaran", { type: "integer", format: "rupiah" }),
      property("biaya", { type: "integer", format: "rupiah" }),
      // Names that only mention money, and common words that are counts.
      property("tahunAnggaran", { type: "integer" }),
      property("jenisTarif", { type: "string", maxLength: 20 }),
      property("sumberBiaya", { type: "string", maxLength: 20 }),
      property("tarifPersen", { type: "number" }),
      property("realisasiFisik", { type: "number" }),
      property("total", { type: "integer" }),
      property("nilai", { type: "number" }),
      property("biayakan", { type: "number" }),
    ],
  },
  "FMT-KODE": {
    fails: [
      [property("kodePos", { type: "integer" }), `${warga}/kodePos`],
      [property("nomorSurat", { type: "number" }), `${warga}/nomorSurat`],
      ...["npsn", "nisnSiswa", "nuptk", "kodepos", "alamatKodePos", "noHp", "nomorSertifikat"].map((name): readonly [Change, string] => [
        property(name, { type: "integer" }),
        `${warga}/${name}`,
      ]),
    ],
    passes: [
      property("kodePos", { type: "string" }),
      property("npsn", { type: "string", pattern: "^[0-9]{8}$" }),
      property("kodein", { type: "integer" }),
      // Counts, and numbers that count.
      property("jumlahNpsn", { type: "integer" }),
      property("nomorUrut", { type: "integer" }),
      property("nomorAntrean", { type: "integer" }),
    ],
  },
  "FMT-DIKENAL": {
    fails: [[property("saat", { type: "string", format: "datetime-local" }), `${warga}/saat/format`]],
    passes: [property("saat", { type: "string", format: "date-time" })],
  },
  "PRIBADI-PARAMETER": {
    fails: [
      [parameter({ name: "nik", in: "query", schema: { type: "string", format: "nik" } }), `${third}/name`],
      [parameter({ name: "cari", in: "query", schema: { type: "string", format: "npwp" } }), `${third}/name`],
      [parameter({ name: "X-Nomor-KK", in: "header", schema: { type: "string", format: "nomor-kk" } }), `${third}/name`],
      [
        parameter({ name: "daftar", in: "query", schema: { type: "array", maxItems: 3, items: { type: "string", format: "nip" } } }),
        `${third}/name`,
      ],
    ],
    passes: [parameter({ name: "teknik", in: "query", schema: { type: "string", maxLength: 9 } })],
  },
  "RAHASIA-PARAMETER": {
    fails: [[parameter({ name: "api_key", in: "query", schema: { type: "string", maxLength: 9 } }), `${third}/name`]],
    passes: [parameter({ name: "pageToken", in: "query", schema: { type: "string", maxLength: 9 } })],
  },
  "UKURAN-HALAMAN": {
    fails: [
      [(doc) => void (list(doc)["parameters"] as unknown as object[]).shift(), "/paths/~1rukun-warga/get"],
      [(doc) => void (list(doc)["parameters"] as unknown as object[]).pop(), "/paths/~1rukun-warga/get"],
      [(doc) => delete list(doc)["parameters"]!["1"]!["schema"]!["maximum"], "/paths/~1rukun-warga/get/parameters/1"],
    ],
    passes: [
      (doc) => (
        put(list(doc), "parameters", []),
        put(list(doc)["responses"]!["200"]!["content"]!["application/json"], "schema", { $ref: "#/components/schemas/Warga" })
      ),
    ],
  },
  "UKURAN-PERMINTAAN": {
    fails: [
      [input("alamat", { type: "string" }), `${masukan}/alamat`],
      [input("anak", { type: "array", items: { type: "boolean" } }), `${masukan}/anak`],
      [input("kode", { type: "string", pattern: "^[A-Z]+$" }), `${masukan}/kode`],
      [parameter({ name: "kata", in: "query", schema: { type: "string" } }), `${third}/schema`],
    ],
    passes: [
      input("kode", { type: "string", pattern: "^[A-Z]{3}-[0-9]{1,4}$" }),
      input("jenis", { type: "string", enum: ["a"] }),
      input("tanggal", { type: "string", format: "date" }),
    ],
  },
  "UKURAN-JAWABAN": {
    fails: [[property("anak", { type: "array", items: { type: "string" } }), `${warga}/anak`]],
    passes: [property("alamat", { type: "string" })],
  },
  "MASUKAN-TERTUTUP": {
    fails: [
      [(doc) => delete schemas(doc)["Penelusuran"]!["additionalProperties"], "/components/schemas/Penelusuran"],
      [input("alamat", { type: "object", additionalProperties: { type: "integer" } }), `${masukan}/alamat`],
    ],
    passes: [
      input("peta", { type: "object", maxProperties: 5, additionalProperties: { type: "integer" } }),
      input("gabungan", {
        type: "object",
        unevaluatedProperties: false,
        allOf: [{ type: "object", properties: { a: { type: "integer" } } }],
      }),
      (doc) => delete schemas(doc)["Warga"]!["additionalProperties"],
    ],
  },
  "MASUKAN-POLA": {
    fails: [[input("nama", { type: "string", maxLength: 90, pattern: "^([a-z]+ ?)+\\1$" }), `${masukan}/nama/pattern`]],
    passes: [input("nama", { type: "string", maxLength: 90, pattern: "^([a-z]+ ?)+$" })],
  },
  "SDI-JENIS": {
    fails: [
      [without((doc) => doc["info"]!, "x-jenis"), "/info"],
      [info("x-jenis", "lain"), "/info/x-jenis"],
    ],
    passes: [both],
  },
  "SDI-METADATA": {
    fails: [
      [info("x-jenis", "data"), "/info"],
      [(doc) => (both(doc), void delete doc["info"]!["x-sdi"]!["satuan"]), "/info/x-sdi"],
    ],
    passes: [both],
  },
  "UBAH-SEARAH": {
    previous: sample(),
    fails: [[path("/penelusuran", "/pencarian-warga"), "/paths"]],
    passes: [
      (doc) => (path("/penelusuran", "/pencarian-warga")(doc), info("version", "2.0.0")(doc)),
      input("agama", { type: "string", maxLength: 20 }),
    ],
  },
  "UBAH-PERIKSA": {
    previous: sample(),
    fails: [
      [(doc) => put(list(doc)["parameters"]!["1"]!["schema"], "default", 20), "/paths/~1rukun-warga/get/parameters/1/schema"],
      [(doc) => put(schemas(doc)["Penelusuran"], "not", { required: ["catatan"] }), "/components/schemas/Penelusuran"],
    ],
    passes: [
      (doc) => (put(list(doc)["parameters"]!["1"]!["schema"], "default", 20), info("version", "2.0.0")(doc)),
      input("agama", { type: "string", maxLength: 20 }),
    ],
  },
  "UBAH-VERSI": {
    previous: sample(),
    fails: [
      [property("umur", { type: "integer" }), "/info/version"],
      [info("version", "1.1.9"), "/info/version"],
    ],
    passes: [(doc) => (property("umur", { type: "integer" })(doc), info("version", "1.3.0")(doc)), () => undefined],
  },
};

test("a pattern with slashes around it is shown as it should be, its flags as modifiers where they mean something", () => {
  const shown = (pattern: string): readonly string[] =>
    findingsOf(judged(changed(property("kode", { type: "string", pattern }))), "OAS-POLA").map(({ message }) => message.en);
  expect(shown("/^\\d{16}$/i")).toEqual([expect.stringMatching(/: write \^\\d\{16\}\$\.$/)]);
  expect(shown("/^[a-z]\\/b$/gi")).toEqual([expect.stringMatching(/: write \(\?i:\^\[a-z\]\/b\$\)\.$/)]);
});

test("the sample meets the standard with nothing to say, so what a change brings is the change's doing", () => {
  expect(judged(sample()).findings).toEqual([]);
});

test("every rule has a row of examples, and no row is of another rule", () => {
  expect(Object.keys(rows)).toEqual(standard.rules.map(({ id }) => id));
});

describe.each(Object.entries(rows))("%s", (id, { fails, passes = [], previous }) => {
  it.each(fails.map(([change, pointer], index) => ({ index, change, pointer })))(
    "is broken by example $index, told at $pointer",
    ({ change, pointer }) => {
      const found = findingsOf(judged(changed(change), previous === undefined ? {} : { previous }), id);
      expect(found.map((finding) => finding.pointer)).toContain(pointer);
      for (const { message, remedy, basis, line, column } of found) {
        for (const text of [message.id, message.en, remedy.id, remedy.en]) expect(text).toMatch(/^[^{}]*(?:\{[a-z]+\}[^{}]*)*\.$/i);
        expect(basis).not.toBe("");
        expect(Math.min(line, column)).toBeGreaterThan(0);
      }
    },
  );

  it.each([sample, ...passes.map((change) => () => changed(change))].map((make, index) => ({ index, make })))(
    "holds for example $index",
    ({ make }) => {
      expect(findingsOf(judged(make(), previous === undefined ? {} : { previous }), id)).toEqual([]);
    },
  );
});
