import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Plugin } from "vite";

/** Where Braid.Gateway.Web embeds the files from. */
export const out = "../artifacts/web";

/** Text is kept compressed, as browsers take it: once here, never at a request. */
export function compress(): Plugin {
  return {
    name: "compress",
    apply: "build",
    async closeBundle() {
      for (const entry of await readdir(out, { recursive: true, withFileTypes: true })) {
        const file = join(entry.parentPath, entry.name);
        if (/\.(js|css|html|svg)$/.test(file)) {
          await writeFile(`${file}.gz`, gzipSync(await readFile(file), { level: 9 }));
          await rm(file);
        }
      }
    },
  };
}
