import js from "@eslint/js";
import tseslint from "typescript-eslint";

const OFFICE_ONLY_IN_OFFICE = "Only src/office/ may touch Office; use its adapter.";

export default tseslint.config(
  { ignores: ["dist/", "node_modules/", "build.mjs", "eslint.config.js", "src/launchevent/runtime.d.ts"] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { project: ["./tsconfig.json"], tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/explicit-module-boundary-types": ["error", { allowTypedFunctionExpressions: true }],
      // `void promise` marks work that is left to run on its own.
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreVoidOperator: true }],
      // Office's own types speak of `AsyncResult<void>`.
      "@typescript-eslint/no-invalid-void-type": "off",
      complexity: ["error", 12],
      "max-lines": ["error", 300],
      "max-lines-per-function": ["error", { max: 40, skipBlankLines: true, skipComments: true }],
      "no-console": "error",
      "no-restricted-globals": [
        "error",
        { name: "Office", message: OFFICE_ONLY_IN_OFFICE },
        { name: "OfficeRuntime", message: OFFICE_ONLY_IN_OFFICE },
      ],
      "no-restricted-imports": ["error", { patterns: [{ group: ["**/demo/**"], message: "The product never imports the demo." }] }],
    },
  },
  {
    files: ["src/office/**", "src/launchevent/**", "src/demo/**"],
    rules: { "no-restricted-globals": "off" },
  },
  {
    // What classic Outlook runs: the build lowers an object spread to ES2017 built-ins that old runtimes lack.
    files: ["src/office/**", "src/launchevent/**", "src/api/**", "src/l10n/**", "src/timing.ts", "src/errors.ts", "src/assessment/smartAlert.ts", "src/assessment/composeType.ts"],
    rules: {
      "no-restricted-syntax": ["error", { selector: "ObjectExpression > SpreadElement", message: "No object spread in what the event bundle holds." }],
    },
  },
  {
    files: ["src/demo/**"],
    rules: { "no-restricted-imports": "off" },
  },
);
