import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

// The tests stand beside the add-in, so what they import from node_modules is pointed out here.
export default defineConfig({
  root: here(".."),
  cacheDir: here("node_modules/.vite"),
  resolve: {
    alias: {
      vitest: here("node_modules/vitest/dist/index.js"),
      acorn: here("node_modules/acorn/dist/acorn.mjs"),
      esbuild: here("node_modules/esbuild/lib/main.js"),
    },
  },
  test: {
    include: ["tests/addin/**/*.test.ts"],
    environment: "node",
    pool: "threads",
    testTimeout: 15_000,
  },
});
