import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { compress, out } from "./vite.out.ts";

const server = process.env.BRAID_WEB ?? "http://127.0.0.1:8080";

export default defineConfig({
  plugins: [react(), compress()],
  build: {
    outDir: out,
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: { proxy: Object.fromEntries(["/api", "/login", "/logout", "/keys", "/figures"].map((path) => [path, server])) },
  test: { include: ["src/**/*.test.ts", "src/**/*.test.tsx"] },
});
