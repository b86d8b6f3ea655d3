/** The subsystems of the tests' region: one with a grant, one without, the one that provides, and one that audits. */
export const consumer = "ID-16.03/GOV/dinsos/bansos";
export const stranger = "ID-16.03/GOV/rsud/simrs";
export const provider = "ID-16.03/GOV/disdukcapil/siak";
export const auditor = "ID-16.03/GOV/inspektorat/audit";
export const service = `${provider}/warga/v1`;
export const purpose = "verifikasi-uji";
