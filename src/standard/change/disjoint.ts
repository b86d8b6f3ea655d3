import { finiteValues, limitOf, refusingKeyword, sized, allowedTypes } from "./facts.ts";
import { declaredNames, propertyOf, requiredNames, type View } from "./view.ts";

/** Whether it is sure that no value keeps to both views; what is not sure counts as an overlap. */
export function disjoint(a: View, b: View, depth = 3): boolean {
  if (a.never || b.never) return true;
  const shared = [...allowedTypes(a)].filter((type) => allowedTypes(b).has(type));
  if (shared.length === 0) return true;
  for (const [one, other] of [
    [a, b],
    [b, a],
  ] as const) {
    const values = finiteValues(one);
    if (values !== undefined) {
      const allowed = finiteValues(other)?.map((value) => JSON.stringify(value));
      return values.every((value) =>
        allowed === undefined ? refusingKeyword(other, value) !== undefined : !allowed.includes(JSON.stringify(value)),
      );
    }
  }
  if (shared.every((type) => apart(a, b, type) || apart(b, a, type))) return true;
  return shared.every((type) => type === "object") && depth > 0 && membersDisjoint(a, b, depth);
}

/** Whether all values of a type end in one view before they begin in the other. */
function apart(a: View, b: View, type: string): boolean {
  const kind = type === "integer" ? "number" : sized.find((one) => one === type);
  if (kind === undefined) return false;
  const [end, start] = [limitOf(a, kind, "upper", true), limitOf(b, kind, "lower", true)];
  if (end === undefined || start === undefined) return false;
  return end.value < start.value || (end.value === start.value && (end.open || start.open));
}

/** Whether some member that one of both requires cannot be the same in the other, or cannot be there. */
function membersDisjoint(a: View, b: View, depth: number): boolean {
  const [needs, wants] = [requiredNames(a, "response"), requiredNames(b, "response")];
  return [...new Set([...declaredNames(a), ...declaredNames(b), ...needs, ...wants])].some((name) => {
    const [one, other] = [propertyOf(a, name), propertyOf(b, name)];
    if ((needs.has(name) && other.never) || (wants.has(name) && one.never)) return true;
    return needs.has(name) && wants.has(name) && disjoint(one, other, depth - 1);
  });
}
