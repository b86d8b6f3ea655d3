import tseslint from "typescript-eslint";

const everywhere = { eqeqeq: "error", "no-var": "error", "prefer-const": "error", "no-unused-expressions": "error" };

export default tseslint.config(
  { ignores: ["dist/", "node_modules/", "data/", "coverage/"], linterOptions: { reportUnusedDisableDirectives: "error" } },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      ...everywhere,
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": "error",
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-import-type-side-effects": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      // Ports are records of functions and are taken apart as such.
      "@typescript-eslint/unbound-method": "off",
      // A port may be asynchronous where this adapter is not.
      "@typescript-eslint/require-await": "off",
    },
  },
  {
    // Plain JavaScript that an older node must still be able to read.
    files: ["**/*.mjs"],
    languageOptions: { globals: { console: "readonly", process: "readonly", URL: "readonly" } },
    rules: { ...everywhere, "no-undef": "error", "no-unused-vars": "error" },
  },
);
