import tseslint from "typescript-eslint";

const length = {
  "max-lines": ["error", { max: 400, skipBlankLines: true, skipComments: true }],
  "max-lines-per-function": ["error", { max: 60, skipBlankLines: true, skipComments: true }]
};

export default tseslint.config(
  { ignores: ["node_modules/", "build/", "dist/", "lib/", "worker.js", "**/generated/"] },
  ...tseslint.configs.recommended,
  {
    rules: {
      eqeqeq: "error",
      "no-var": "error",
      "prefer-const": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      // SIP.js's API has `namespace` beside classes of the same name.
      "@typescript-eslint/no-namespace": "off",
      // It also names an interface for each method's requests, most of which add nothing.
      "@typescript-eslint/no-empty-object-type": [
        "error",
        { allowInterfaces: "with-single-extends" }
      ],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }]
    }
  },
  { files: ["js/**/*.ts"], rules: length },
  // Generated, a table.
  { files: ["js/engine/wire.ts"], rules: { "max-lines": "off" } },
  {
    files: ["tests/**", "tools/**", "demo/**"],
    rules: { "@typescript-eslint/no-explicit-any": "off" }
  }
);
