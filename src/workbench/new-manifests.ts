import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { AnswersTo, instanceQuestions, memberQuestions, subsystemQuestions } from "./questions.ts";

/** YAML reads a JSON string as it is. */
const text = (value: string): string => (/^[A-Za-z][\w ./()-]*\w$/.test(value) ? value : JSON.stringify(value));

/** A line, or the same line as a comment where there is no value. */
const optionalLine = (name: string, value: string, example: string): string =>
  value === "" ? `# ${name}: ${example}` : `${name}: ${JSON.stringify(value)}`;

const allFields = "# Semua kolom (all fields): docs/manifests.md\n";

export const instanceManifest = (id: string, answers: AnswersTo<ReturnType<typeof instanceQuestions>>): string =>
  `# Pemerintah Daerah pemilik gerbang ini. (The regional government whose gateway this is.)
${allFields}instance: ${text(id)}
name: ${text(answers.name)}
# Peraturan daerah, sebagai profil; lihat: simpul profiles. (The region's regulation, as a profile.)
profile: ${answers.profile}
timeZone: ${answers["time-zone"]}
# Aplikasi auditor, yang boleh membaca semua tanda terima. (Auditors' applications, which may read every receipt.)
# auditors: [${id}/GOV/inspektorat/audit]
`;

export const memberManifest = (answers: AnswersTo<typeof memberQuestions>): string =>
  `# Satu Perangkat Daerah atau pihak lain. Kodenya adalah nama folder ini.
# (One agency or another party. Its code is the name of this folder.)
${allFields}class: ${answers.class}
name: ${text(answers.name)}
# Meja layanan, bukan nama orang. (A service desk, not a person.)
contact:
  name: ${text(answers.contact)}
  email: ${text(answers.email)}
  ${optionalLine("phone", answers.phone, '"+62-343-000000"')}
# Anggota uji juga boleh memanggil yang masih uji coba; hapus baris ini bila tidak lagi.
# (A test member may also call what is on trial; remove the line once it is no test member any more.)
${answers.test === "ya" ? "" : "# "}test: true
`;

export const subsystemManifest = (id: string, answers: AnswersTo<typeof subsystemQuestions>): string =>
  `# Satu aplikasi: pemilik kunci dan izin akses. Konsumen murni tidak memerlukan layanan di bawahnya.
# (One application, the owner of keys and grants. A mere consumer needs no service below it.)
# Kuncinya (its key): simpul keygen --subsystem ${id} --alg ES256
# Berkas .jwt-nya ditaruh di folder keys/ di sini. (Its .jwt file goes into the folder keys/ here.)
${allFields}name: ${text(answers.name)}
# Alamat aplikasi penyedia; konsumen murni tidak memerlukannya. (The provider's address; a mere consumer has none.)
${optionalLine("upstream", answers.upstream, "http://10.0.0.5:8080")}
# Izin akses diminta di sini sebelum produksi, sesudahnya dengan: simpul grant request.
# (Grants are asked for here before production, afterwards by: simpul grant request.)
# grants: []
`;

/** Writes files that do not exist yet, by path below the folder, and gives their whole paths. Throws for one that exists. */
export function writeNewFiles(services: string, contents: ReadonlyMap<string, string | Buffer>): readonly string[] {
  return Array.from(contents, ([path, content]) => {
    const file = join(services, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content, { flag: "wx" });
    return file;
  });
}
