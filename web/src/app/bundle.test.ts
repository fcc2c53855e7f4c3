import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";

const out = new URL("../../../artifacts/web/", import.meta.url);
const mostBytes = 500_000;

test.runIf(existsSync(out))("what the first page needs is less than half a megabyte, compressed", () => {
  const page = gunzipSync(readFileSync(new URL("index.html.gz", out))).toString();
  const named = [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map(([, name]) => name ?? "");
  const bytes = named.reduce((sum, name) => sum + statSync(new URL(`${name}.gz`, out)).size, 0);
  expect(named.length).toBeGreaterThan(1);
  expect(bytes).toBeLessThan(mostBytes);
});

test.runIf(existsSync(out))("Plotly is in the frame's script alone", () => {
  const heavy = readdirSync(new URL("assets/", out)).filter((name) => statSync(new URL(`assets/${name}`, out)).size > mostBytes);
  expect(heavy).toEqual([]);
});
