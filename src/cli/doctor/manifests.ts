import { loadDesired } from "../apply.ts";
import { good, wrong, type DoctorCheck } from "./diagnosis.ts";

/** What `apply` would load. */
export const manifests: DoctorCheck = async ({ config: { services } }) => {
  const loaded = await loadDesired(services).catch((fault: Error) => fault);
  if (loaded instanceof Error) {
    return [
      wrong(
        `Folder manifes ${services} tidak terbaca (${loaded.message}); tunjukkan dengan --services.`,
        `The manifests in ${services} cannot be read (${loaded.message}); name the folder with --services.`,
      ),
    ];
  }
  const {
    desired,
    faults: [first, ...more],
  } = loaded;
  if (desired !== undefined)
    return [
      good(
        `Manifes di ${services} tanpa kesalahan (${desired.entries.length} entri).`,
        `The manifests in ${services} have no faults (${desired.entries.length} entries).`,
      ),
    ];
  const place = first === undefined ? "" : `${first.file}:${first.line}:${first.column} ${first.code}`;
  return [
    wrong(
      `Manifes di ${services} memuat ${more.length + 1} kesalahan, yang pertama ${place}: ${first?.detail.id}. Lihat semuanya: npm run -s simpul -- apply --dry-run`,
      `The manifests in ${services} have ${more.length + 1} faults, the first at ${place}: ${first?.detail.en}. See them all: npm run -s simpul -- apply --dry-run`,
    ),
  ];
};
