/** The identifiers of protocol §1. They are compared byte by byte: nothing is folded or decoded. */
export const instanceForm = /^[A-Za-z][A-Za-z0-9.:-]{0,31}$/;
export const memberForm = /^[A-Za-z0-9]{2,32}$/;
export const versionForm = /^v(?:0|[1-9][0-9]{0,5})$/;

/** `ID-16.03/GOV/dinsos/bansos`: one application, the unit that keys and grants belong to. */
export type SubsystemId = string;

/** `ID-16.03/GOV/disdukcapil/siak/penduduk/v1`. */
export type ServiceId = string;

/** Splits a subsystem's identifier; `undefined` if it is not one. */
export function parseSubsystemId(text: string): { instance: string; memberClass: string; member: string; subsystem: string } | undefined {
  const [instance, memberClass, member, subsystem, ...rest] = text.split("/");
  if (rest.length > 0 || instance === undefined || memberClass === undefined || member === undefined || subsystem === undefined)
    return undefined;
  if (!instanceForm.test(instance) || !instanceForm.test(memberClass) || !memberForm.test(member) || !memberForm.test(subsystem))
    return undefined;
  return { instance, memberClass, member, subsystem };
}

/** `ID-16.03/GOV/dinsos` of `ID-16.03/GOV/dinsos/bansos` or of a service. */
export const memberOf = (id: string): string => id.split("/", 3).join("/");
