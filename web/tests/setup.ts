import type { TestProject } from "vitest/node";
import { seed, type Seeded } from "./seed.ts";
import { startServer, type Doors } from "./server.ts";

declare module "vitest" {
  export interface ProvidedContext {
    doors: Doors;
    seeded: Seeded;
  }
}

/** One server with the seeder's data for all tests. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startServer();
  project.provide("doors", server.doors);
  project.provide("seeded", await seed(server.doors));
  return server.stop;
}
