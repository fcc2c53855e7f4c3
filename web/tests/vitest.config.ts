import { defineConfig } from "vitest/config";

/** The tests in a browser: one server for all of them, one file after the other. BRAID_SCALE=1 measures with much data instead, BRAID_PICTURES=1 takes the guide's pictures. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: [process.env.BRAID_SCALE ? "*.scale.ts" : process.env.BRAID_PICTURES ? "*.shots.ts" : "*.test.ts"],
    globalSetup: "setup.ts",
    fileParallelism: false,
    testTimeout: process.env.BRAID_SCALE ? 600_000 : 60_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 20_000 } },
  },
});
