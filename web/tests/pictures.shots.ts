import { stat } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, inject, test } from "vitest";
import { useBrowser, visit } from "./page.ts";
import { pages } from "./pages.ts";
import { seedShown, type Shown } from "./shown.ts";

/** Pictures for the guide: what people see must not weigh what they download. */
const folder = join(import.meta.dirname, "../../docs/guide/pictures");
const mostBytes = 150_000;

useBrowser();

let shown: Shown;
beforeAll(async () => {
  shown = await seedShown(inject("doors"), inject("seeded"));
});

test.each(pages)("$name", async ({ name, path, isReady, act, isDark, height }) => {
  await visit(
    path(shown),
    async (page) => {
      await isReady(page);
      await act?.(page);
      await page.evaluate(() => document.fonts.ready);
      await page.screenshot({ path: join(folder, `${name}.png`), animations: "disabled" });
    },
    { dark: isDark ?? false, width: 1280, height: height ?? 800 },
  );
  expect((await stat(join(folder, `${name}.png`))).size).toBeLessThan(mostBytes);
});
