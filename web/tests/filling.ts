import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const root = join(import.meta.dirname, "../..");

/**
 * A server's folder that has a project "many" of runs, each with the last values m/0, m/1 and so on. Their rows are written before a
 * server is started (bench/Braid.Load). BRAID_SCALE_FOLDER names a folder that stays, and is taken as it is when it is there.
 */
export async function filledFolder(runs: number, metrics: number): Promise<{ folder: string; remove: () => Promise<void> }> {
  const kept = process.env.BRAID_SCALE_FOLDER;
  const folder = kept ?? (await mkdtemp(join(tmpdir(), "braid-many-")));
  if (!existsSync(join(folder, "braid.db"))) {
    const program = process.env.BRAID_LOAD ?? join(root, "artifacts/bin/Braid.Load/release/Braid.Load");
    const { stdout } = await promisify(execFile)(program, ["fill-runs", folder, String(runs), String(metrics)]);
    process.stdout.write(stdout);
  }

  return { folder, remove: async () => (kept ? undefined : rm(folder, { recursive: true, force: true })) };
}
