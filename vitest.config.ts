import { defineConfig } from "vitest/config";
import { softwareEnvironment } from "./src/gpu/software-environment.ts";

// Dawn's loader reads these when a process starts, so they are part of the forks' environment, never set later.
const adapterEnvironment = await softwareEnvironment();

export default defineConfig({
  test: {
    coverage: {
      provider: "v8",
      include: ["grammar/**/*.ts", "src/**/*.ts"],
      // What runs in a process or a page of its own is not seen, and is tested there: the command line, the playground.
      exclude: ["src/cli/**", "src/playground/**"],
      reporter: ["text-summary"],
      // A floor just below what the tests reach.
      thresholds: { statements: 95, branches: 86, functions: 95, lines: 96 },
    },
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: ["test/**/*.gpu.test.ts"],
          maxWorkers: "100%",
          testTimeout: 30_000,
        },
      },
      {
        // What loads Dawn or Chromium: one process at a time, and never a thread (two Dawns in one process abort).
        test: {
          name: "gpu",
          include: ["test/**/*.gpu.test.ts"],
          pool: "forks",
          maxWorkers: 1,
          fileParallelism: false,
          env: adapterEnvironment,
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
