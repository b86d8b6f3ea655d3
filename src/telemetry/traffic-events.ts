import type { EventKind } from "./log-words.ts";

/** What the log says about exchanges and connections. */
export const trafficEvents = {
  delivered: {
    level: "debug",
    words: ["exchange", "consumer", "service", "ms"],
    means: { id: "Pertukaran disampaikan", en: "An exchange was delivered" },
  },
  refused: {
    level: "info",
    words: ["exchange", "code", "consumer", "service", "source"],
    means: {
      id: "Pertukaran ditolak; tingkatnya `info`, `warn`, atau `error` menurut siapa yang harus bertindak: konsumen, penyedia, gerbang",
      en: "An exchange was refused; the level is `info`, `warn` or `error` by who has to act: consumer, provider, gateway",
    },
  },
  responseFault: {
    level: "warn",
    words: ["exchange", "service", "operation", "code", "pointers"],
    means: {
      id: "Jawaban penyedia menyimpang dari kontrak atau tidak bertanda tangan; bila ditolak, ada baris `refused` dengan `exchange` itu",
      en: "A provider's answer breaks its contract or is not signed; where it was refused too, a line `refused` has the same `exchange`",
    },
  },
  replayAlarm: {
    level: "error",
    words: ["exchange", "consumer", "source"],
    means: {
      id: "`jti` yang sama dalam pernyataan lain: pihak lain mengetahuinya, atau pembangkit acak konsumen rusak",
      en: "The same `jti` in another statement: a third party knows it, or a client's generator is broken",
    },
  },
  limited: {
    level: "warn",
    words: ["subsystem", "limit", "refused"],
    means: {
      id:
        "Subsistem ini mencapai batas yang berlaku apa pun izinnya (`statements`, `readings`, `replay-share`, `in-flight`); paling " +
        "banyak sebaris semenit, dengan jumlah yang ditolak sejak baris sebelumnya. Yang lain tidak terkena",
      en:
        "This subsystem has reached a limit that holds whatever its grants (`statements`, `readings`, `replay-share`, `in-flight`); at " +
        "most a line a minute, with how many were refused since the line before. Nobody else is hit",
    },
  },
  upstreamOut: {
    level: "warn",
    words: ["upstream"],
    means: {
      id: "Alamat penyedia ini gagal berturut-turut (`upstream-failures`) dan tidak dipanggil selama jeda; lalu satu permintaan mencobanya",
      en: "This address failed so often in a row (`upstream-failures`) that it is not called for a while; one request then tries it",
    },
  },
  upstreamBack: {
    level: "info",
    words: ["upstream"],
    means: { id: "Alamat penyedia itu menjawab lagi dan dipanggil", en: "That address of a provider answers again, and is called" },
  },
  connectionsRefused: {
    level: "warn",
    words: ["limit", "source", "refused"],
    means: {
      id:
        "Sambungan ditolak: batas semua sambungan (`all`), satu alamat (`address`), atau alamat yang belum dikenal (`strangers`) " +
        "tercapai; paling banyak sebaris semenit, dengan jumlahnya sejak baris sebelumnya dan alamat yang terakhir ditolak",
      en:
        "Connections were turned away: the limit of all (`all`), of one address (`address`) or of unknown ones (`strangers`) is " +
        "reached; at most a line a minute, with how many since the line before and the address that was turned away last",
    },
  },
  overloaded: {
    level: "error",
    words: ["limit", "subsystem", "source", "refused"],
    means: {
      id:
        "Gerbang kewalahan karena antrean prosesnya (`delay`) atau jawaban yang belum terkirim (`in-flight`), dan menolak dengan " +
        "`overloaded`: subsistem ini, atau penelepon yang belum dikenal (`source`, yang terakhir); paling banyak sebaris semenit bagi " +
        "masing-masing, dengan jumlah sejak baris sebelumnya",
      en:
        "The gateway has too much to do, by how late its process is (`delay`) or by answers that have not left (`in-flight`), and " +
        "refuses with `overloaded`: this subsystem, or callers that are not known (`source`, the last one); at most a line a minute for " +
        "each, with how many since the line before",
    },
  },
  failed: {
    level: "error",
    words: ["exchange", "error"],
    means: { id: "Gangguan gerbang sendiri di balik kode `internal`", en: "The gateway's own fault behind the code `internal`" },
  },
} as const satisfies Record<string, EventKind>;
