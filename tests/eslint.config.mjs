// The linter's rules for the browser's modules and their tests; `npm run lint` runs it from the repository's root.

import js from "@eslint/js";
import globals from "globals";

export default [
  { ignores: ["tests/golden/**", "**/node_modules/**", ".venv/**", "site/**"] },
  js.configs.recommended,
  {
    rules: {
      "array-callback-return": "error",
      complexity: ["error", 16],
      "consistent-this": "error",
      eqeqeq: "error",
      "max-lines": ["error", 400],
      "max-lines-per-function": ["error", { max: 60, skipComments: true, skipBlankLines: true }],
      "no-implicit-globals": "error",
      "no-shadow": ["error", { builtinGlobals: false }],
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-const": "error",
      "require-atomic-updates": ["error", { allowProperties: true }],
    },
  },
  { files: ["templates/**/*.js", "src/**/*.js"], languageOptions: { globals: globals.browser } },
  { files: ["templates/worker/*.js"], languageOptions: { globals: globals.serviceworker, sourceType: "script" }, rules: { "no-implicit-globals": "off" } },
  { files: ["templates/static/js/search-shared.js"], rules: { "no-control-regex": "off", "no-misleading-character-class": "off" } },
  { files: ["templates/static/js/theme.js"], languageOptions: { sourceType: "script" } },
  { files: ["tests/**/*.mjs", "bench/**/*.mjs"], languageOptions: { globals: globals.node } },
  { files: ["bench/search_peers.mjs"], languageOptions: { globals: globals.browser } },
];
