/** The colours of reports, by what they mean; in a stylesheet `var(--bad)`. Each is legible as text on white (WCAG AA). */
export const palette = {
  ink: "#1c2430",
  soft: "#566070",
  bad: "#b3261e",
  open: "#8a5a00",
  info: "#0b5cad",
  good: "#1a7f37",
} as const;
