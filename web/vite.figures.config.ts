import { join } from "node:path";
import { defineConfig } from "vite";
import { compress, out } from "./vite.out.ts";

/**
 * The script of the frame that draws figures: one file, no module. The frame has no origin, and what a page without an origin asks for as
 * a module is refused by a server that trusts loopback alone.
 */
export default defineConfig({
  plugins: [compress()],
  publicDir: false,
  define: { "process.env.NODE_ENV": JSON.stringify("production") },
  build: {
    outDir: out,
    emptyOutDir: false,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 6000,
    lib: {
      entry: join(import.meta.dirname, "src/figures/main.ts"),
      name: "figures",
      formats: ["iife"],
      fileName: () => "figures.js",
      cssFileName: "figures",
    },
  },
});
