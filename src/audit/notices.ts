import type { Text } from "../base/text.ts";
import type { ActivitySummary } from "./activity-summary.ts";
import { durationOf } from "./audit-labels.ts";

/** Facts that are no fault by themselves, and that somebody should be able to explain. */
export function noticesOf({ openIntents, silences, setBack, untold }: ActivitySummary): readonly Text[] {
  const notices: Text[] = [];
  const [intent, silence, fall, rule] = [openIntents[0], silences[0], setBack[0], untold[0]];
  if (intent !== undefined) {
    notices.push({
      id: `${openIntents.length} niat tanpa hasil, yang pertama daun ${intent.leaf} (${intent.at}): sedang berjalan, atau prosesnya mati dan belum dimulai lagi`,
      en: `Intents without an outcome: ${openIntents.length}, the first is leaf ${intent.leaf} (${intent.at}): in flight, or of a process that died and was not started again`,
    });
  }
  if (silence !== undefined) {
    notices.push({
      id: `${silences.length} jeda panjang tanpa daun; yang terpanjang ${durationOf(silence.seconds)}, sebelum daun ${silence.leaf} (sejak ${silence.from})`,
      en: `Long silences: ${silences.length}; the longest, ${Math.round(silence.seconds)} s, before leaf ${silence.leaf} (since ${silence.from})`,
    });
  }
  if (fall !== undefined) {
    notices.push({
      id: `Jam mundur ${setBack.length} kali; paling jauh ${durationOf(fall.seconds)}, pada daun ${fall.leaf}`,
      en: `Falls of the clock: ${setBack.length}; the greatest, ${Math.round(fall.seconds)} s, at leaf ${fall.leaf}`,
    });
  }
  if (rule !== undefined) {
    notices.push({
      id: `Mulai daun ${rule.leaf} pertukaran dinilai menurut aturan yang tidak diberitakan daun kendali mana pun dalam log ini (${untold.length} akar)`,
      en: `From leaf ${rule.leaf} on exchanges were judged by rules of which no control leaf of this log tells (${untold.length} roots)`,
    });
  }
  return notices;
}
