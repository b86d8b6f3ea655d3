export const messages = {
  dataCentreOptional: {
    id: "Pusat data boleh dipakai, tidak wajib.",
    en: "The data centre may be used; it need not.",
  },

  placeNotStated: {
    id: "Letak server belum dinyatakan.",
    en: "Where the server stands is not said.",
  },

  regionalDataCentre: {
    id: "Server di pusat data daerah; begitu Pusat Data Nasional ditetapkan dan tersedia, itulah yang dipakai.",
    en: "The server stands in the region's data centre; once the national one is set and available, that is used.",
  },

  inDataCentre: (place: string) => ({
    id: `Server di pusat data ${place}.`,
    en: `The server stands in the data centre: ${place}.`,
  }),

  mandiriTikOwnServer: {
    id: "PD Mandiri TIK memiliki server sendiri.",
    en: "A PD Mandiri TIK has its own server.",
  },

  ownServerWithAdvice: (number: string) => ({
    id: `Server milik PD dengan saran teknis Dinas: ${number}.`,
    en: `The agency's own server, with the Dinas's advice: ${number}.`,
  }),

  ownServerNeedsAdvice: {
    id: "Server milik PD memerlukan saran teknis Dinas.",
    en: "An own server needs the Dinas's technical advice.",
  },

  dataCentreRequired: {
    id: "Server harus berada di pusat data.",
    en: "The server has to stand in the data centre.",
  },

  upstreamIsAddress: {
    id: "Hulu berupa alamat di Jaringan Intra, bukan nama.",
    en: "The upstream is an address in the intra network, not a name.",
  },

  hostUnderDomain: (host: string) => ({
    id: `${host} di bawah domain pemerintah daerah.`,
    en: `${host} is under the region's domain.`,
  }),

  hostInDecree: (host: string, number: string) => ({
    id: `${host} termuat dalam ${number}.`,
    en: `${host} is listed by ${number}.`,
  }),

  hostNotInDecree: (host: string) => ({
    id: `${host} belum ditunjukkan termuat dalam keputusan tentang subdomain.`,
    en: `${host} is not shown to be listed by the decree on subdomains.`,
  }),

  hostNotUnder: (host: string, suffixes: string) => ({
    id: `${host} tidak di bawah ${suffixes}.`,
    en: `${host} is not under ${suffixes}.`,
  }),

  moveToSubdomain: {
    id: "Pindahkan layanan ke subdomain pemerintah daerah.",
    en: "Move the service to a subdomain of the region's.",
  },
} as const;
