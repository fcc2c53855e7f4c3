import { expect, inject, test } from "vitest";
import { picture, useBrowser, visit } from "./page.ts";

useBrowser();

const columns = "col=status&col=name&col=metrics.accuracy&col=max.slices/class-3&col=params.lr&col=params.optimizer&col=started&col=took";

test("an address says it all: project, filter, order and columns", async () => {
  const filter = encodeURIComponent("metrics.accuracy > 0.95 AND params.optimizer = 'sgd'");
  await visit(`/runs?project=vision/digits&filter=${filter}&sort=-metrics.accuracy&${columns}`, async (page) => {
    const rows = page.getByRole("row");
    await page.getByRole("link", { name: "sweep-58" }).waitFor();
    expect(await rows.nth(1).innerText()).toContain("sweep-58");
    expect(await rows.nth(1).innerText()).toContain("0.987");
    expect(await page.getByRole("status").innerText()).toBe("9");
    await picture(page, "runs-filtered");
  });
});

test("a head sorts by its column, up and down, and back goes back", async () => {
  await visit(`/runs?project=vision/digits&${columns}`, async (page) => {
    const first = page.getByRole("row").nth(1);
    await page.getByRole("button", { name: /accuracy/ }).click();
    await page.getByText("sweep-00").waitFor();
    expect(await first.innerText()).toContain("sweep-00");
    await page.getByRole("button", { name: /accuracy/ }).click();
    await expect.poll(() => first.innerText()).toContain("sweep-59");
    await page.goBack();
    await expect.poll(() => first.innerText()).toContain("sweep-00");
    await picture(page, "runs");
  });
});

test("columns that are chosen are in the address, and are there again later", async () => {
  await visit("/runs?project=speech", async (page) => {
    await page.getByText("wav2vec-large").waitFor();
    await page.keyboard.press("v");
    await page.getByRole("searchbox", { name: "Search keys" }).fill("ctc");
    await page.getByRole("checkbox", { name: "min" }).click();
    await picture(page, "columns");
    await page.keyboard.press("Escape");
    await page.getByRole("columnheader", { name: /ctc\/loss/ }).waitFor();
    expect(page.url()).toContain("col=min.ctc");
    await page.goto("/runs?project=speech");
    await page.getByRole("columnheader", { name: /ctc\/loss/ }).waitFor();
  });
});

test("a filter that cannot be read is answered with what is wrong", async () => {
  await visit(
    "/runs?project=speech",
    async (page) => {
      await page.getByText("wav2vec-large").waitFor();
      await page.keyboard.press("/");
      await page.keyboard.press("Tab");
      await page.keyboard.type("metrics.loss < 'low'");
      await page.keyboard.press("Enter");
      await page.getByRole("alert").getByText("Expected numeric value type for metric. Found 'low'").waitFor();
      await picture(page, "runs-refused");
    },
    { refuses: true },
  );
});

test("keys alone go through the table, select two runs, and compare them", async () => {
  const { sweep } = inject("seeded");
  await visit("/runs?project=vision/digits&sort=name&filter=name%20LIKE%20'sweep%25'", async (page) => {
    await page.getByText("sweep-00").waitFor();
    for (const key of ["x", "j", "j", "x", "c"]) {
      await page.keyboard.press(key);
    }

    await page.waitForURL(`**/compare?run=${sweep[0]}&run=${sweep[2]}`);
  });
});
