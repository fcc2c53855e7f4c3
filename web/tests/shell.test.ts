import { expect, inject, test } from "vitest";
import { MLflow } from "./mlflow.ts";
import { picture, useBrowser, visit } from "./page.ts";

useBrowser();

test.each([false, true])("home shows what runs, what failed and what ended (dark: %s)", async (dark) => {
  const mlflow = new MLflow(inject("doors").mlflow);
  const experiment = await mlflow.experiment(`home-${dark}`);
  for (const status of ["", "FAILED", "FINISHED"]) {
    const run = await mlflow.run(experiment, `${status || "RUNNING"} ${dark}`, Date.now());
    await (status && mlflow.end(run, status, Date.now()));
  }

  await visit(
    "/",
    async (page) => {
      await page.getByRole("region", { name: "Running" }).getByText(`RUNNING ${dark}`).waitFor();
      await page.getByRole("region", { name: "Failed in the last week" }).getByText(`FAILED ${dark}`).waitFor();
      await page.getByRole("region", { name: "Ended last" }).getByText(`FINISHED ${dark}`).waitFor();
      await picture(page, dark ? "home-dark" : "home");
    },
    { dark },
  );
});

test("Ctrl+K finds a run by the first digits of its id, and Enter opens it", async () => {
  const { full } = inject("seeded");
  await visit("/", async (page) => {
    await page.getByRole("link", { name: "Runs" }).waitFor();
    await page.keyboard.press("Control+k");
    await page.keyboard.type(full.slice(0, 8));
    await page.getByRole("option", { name: /resnet-18/ }).waitFor();
    await picture(page, "finder");
    await page.keyboard.press("Enter");
    await page.waitForURL(`**/runs/${full}`);
  });
});

test("? lists the keys, Escape closes the list, and g r goes to the runs", async () => {
  await visit("/", async (page) => {
    await page.getByRole("link", { name: "Runs" }).waitFor();
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
    await picture(page, "shortcuts");
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.keyboard.press("g");
    await page.keyboard.press("r");
    await page.waitForURL("**/runs");
  });
});

test("a path that is no page says so", async () => {
  await visit("/no/such/page", async (page) => {
    await page.getByRole("heading", { name: "There is no such page" }).waitFor();
  });
});

test("a phone sees home without scrolling sideways", async () => {
  await visit(
    "/",
    async (page) => {
      await page.getByText("wav2vec-large").first().waitFor();
      await picture(page, "home-phone");
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    },
    { width: 390, height: 800 },
  );
});
