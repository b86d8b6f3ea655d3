import { keys, namesOf, variables } from "./variables.ts";
import type { Variable } from "./variables.ts";

/** The reference page `docs/configuration.md`, written from the table of variables. */
export function configurationPage(): string {
  const rows = keys.map((key) => {
    const { parser, preset, meaning }: Variable<unknown> = variables[key];
    const cells = [
      `\`${namesOf(key).environment}\``,
      `\`${preset}\``,
      `${meaning.id}. *${meaning.en}.*`,
      `${parser.form.id}. *${parser.form.en}.*`,
    ];
    return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  });
  return `# Konfigurasi · Configuration

*This page is generated from \`src/config/variables.ts\`; \`npm test -- test/config -u\` writes it again.*

Setiap nilai dapat diberikan di tiga tempat; yang lebih atas menang. *Every value can be given in three places; the upper one wins.*

| | contoh · example |
|---|---|
| baris perintah · command line | \`./simpul serve --public-port 8443\` |
| lingkungan · environment | \`SIMPUL_PUBLIC_PORT=8443\` |
| berkas · file | \`public-port: 8443\` (atau · or \`publicPort: 8443\`) |

Berkasnya \`simpul.yaml\` di folder kerja, atau yang ditunjuk \`--config\` / \`SIMPUL_CONFIG\`. Jalur relatif
dihitung dari folder berkas itu; selain itu dari tempat Anda berdiri. Nama yang tidak dikenal dan nilai yang salah
menghentikan gerbang, semuanya dilaporkan sekaligus. *The file is \`simpul.yaml\` in the working directory, or
the one that \`--config\` / \`SIMPUL_CONFIG\` names. Its relative paths begin in its own folder, all others in
the working directory, where you stand. Unknown names and wrong values stop the gateway and are reported all at once.*

Di Kubernetes, layanan bernama \`simpul\` menaruh variabel \`SIMPUL_…\` miliknya sendiri: pakai
\`enableServiceLinks: false\`. *In Kubernetes a Service called \`simpul\` puts \`SIMPUL_…\` variables of its
own into every pod: set \`enableServiceLinks: false\`.*

Pada nilai baku, \`{nama}\` berarti nilai variabel itu. *In a default, \`{name}\` stands for the value of that
variable.*

| Variabel · variable | Baku · default | Arti · meaning | Bentuk · form |
|---|---|---|---|
${rows.join("\n")}
`;
}
