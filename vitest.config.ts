import { defineConfig } from "vitest/config";
import { softwareEnvironment } from "./src/gpu/software-environment.ts";

// Dawn's loader reads these variables when a process starts, so they belong to the environment of the workers.
const adapterEnvironment = await softwareEnvironment();

/**
 * Workers are processes, since Dawn aborts when two threads load it. Each one runs file after file and loads a module once:
 * loading the modules again for each file takes longer than most tests. One queue feeds a worker for each core.
 * Limits of time hold on a machine that is three times as slow as one with two free cores.
 */
const shared = {
  pool: "forks",
  isolate: false,
  maxWorkers: "100%",
} as const;

export default defineConfig({
  test: {
    coverage: {
      provider: "v8",
      include: ["grammar/**/*.ts", "src/**/*.ts"],
      // Code that runs in a process or a page of its own is not seen, and is tested there: the command line, the
      // playground.
      exclude: ["src/cli/**", "src/playground/**", "**/*.d.ts"],
      reporter: ["text-summary"],
      // A floor just below what the tests reach.
      thresholds: { statements: 95, branches: 86, functions: 95, lines: 96 },
    },
    projects: [
      {
        test: {
          ...shared,
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: ["test/**/*.{gpu,long}.test.ts"],
          globalSetup: "test/support/bundle-cli.ts",
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        // Tests that load Dawn or Chromium.
        test: {
          ...shared,
          name: "gpu",
          include: ["test/**/*.gpu.test.ts"],
          globalSetup: "test/support/bundle-cli.ts",
          env: adapterEnvironment,
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
      {
        // Campaigns of many random cases and what takes long, `npm run test:long`.
        test: {
          ...shared,
          name: "long",
          include: ["test/**/*.long.test.ts"],
          globalSetup: "test/support/print-campaign.ts",
          env: adapterEnvironment,
          testTimeout: 3_600_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
