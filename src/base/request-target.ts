/** The forms of a request-target (protocol §2), for what judges requests and for what judges whether a contract can have them. */

const pathForm = /^(?:\/(?:[A-Za-z0-9._~!$&'()*+,=:@-]|%[0-9A-F]{2})+)*\/?$/;
const dotSegment = /\/\.{1,2}(?:\/|$)/;

/** Escapes of unreserved characters, `/`, `\`, `%` and controls: with them one path would have two spellings. */
const forbiddenEscape = /%(?:[01][0-9A-F]|7F|2[DEF5]|3[0-9]|[46][1-9A-F]|[57][0-9A]|5[CF]|7E)/;
const queryForm = /^\?(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*$/;

/** Whether a raw path may be sent. */
export const isPath = (path: string): boolean => pathForm.test(path) && !dotSegment.test(path) && !forbiddenEscape.test(path);

/** Whether a raw query, with its `?`, may be sent. */
export const isQuery = (query: string): boolean => queryForm.test(query);
