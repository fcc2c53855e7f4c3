import { beforeAll, expect, inject, test } from "vitest";
import { picture, useBrowser, visit } from "./page.ts";
import { Pipelines, seedPipelines } from "./pipelines.ts";

useBrowser();

let pipelines: Pipelines;
beforeAll(async () => {
  pipelines = new Pipelines(inject("doors"));
  await seedPipelines(pipelines);
});

test("the graph shows what happens while it happens, arrows follow edges, and Enter opens a pipeline", async () => {
  await visit("/pipelines", async (page) => {
    await page.getByRole("link", { name: "labels, failed" }).waitFor();
    await page.getByRole("link", { name: "train, input failed" }).waitFor();
    await page.getByRole("link", { name: "edges, done" }).waitFor();
    await page.keyboard.press("/");
    await page.keyboard.type("scans");
    await page.getByText("2 found").waitFor();
    await page.keyboard.press("Enter");
    const panel = page.getByRole("complementary");
    await panel.getByRole("heading", { name: "scans" }).waitFor();
    await panel.getByText("<img src=x onerror=alert(1)>").waitFor();
    await page.getByRole("application").click({ position: { x: 20, y: 20 } });
    await page.keyboard.press("ArrowRight");
    await page.waitForURL(/at=default%2F(edges|labels)/);
    await picture(page, "pipelines");
    await panel.getByRole("heading", { name: /^(edges|labels)$/ }).waitFor();
    // Keys act on what the last one chose, whether it is drawn or not.
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/pipelines/default/scans");
  });
});

test("a tick is seen in the list within two seconds", async () => {
  await visit("/pipelines?view=list", async (page) => {
    const newest = page.getByRole("row", { name: /^scans/ }).locator("a[href^='/jobs/']");
    await page.getByRole("row", { name: /^edges .*done/ }).waitFor();
    const before = await newest.getAttribute("href");
    const start = performance.now();
    await pipelines.tick("scans");
    await expect.poll(() => newest.getAttribute("href"), { timeout: 10_000, interval: 50 }).not.toBe(before);
    expect(performance.now() - start).toBeLessThan(2000);
    await picture(page, "pipelines-list");
  });
});

test.each([false, true])("a job's datums are shown by verdict and reason, one with its files and what it printed (dark: %s)", async (dark) => {
  await expect.poll(async () => (await pipelines.jobs("edges")).filter((job) => job.finished).length, { timeout: 20_000 }).toBeGreaterThan(1);
  const [job] = await pipelines.jobs("edges");
  await visit(
    `/jobs/default/edges/${job?.id}`,
    async (page) => {
      await page.getByRole("rowheader", { name: /recovered 1/ }).waitFor();
      await page.getByRole("rowheader", { name: /skipped 11 skipped: inputs, code and salt are those of job/ }).waitFor();
      await page.getByRole("gridcell", { name: "/scan-7.txt, recovered" }).click();
      const panel = page.getByRole("complementary");
      await panel.getByText("reading scan-7.txt <script>alert(1)</script>").waitFor();
      expect(await panel.getByRole("link", { name: "scans:/scan-7.txt" }).getAttribute("href")).toMatch(/^\/data\/default\/scans\/[0-9a-f]{32}\/scan-7.txt$/);
      await picture(page, dark ? "job-dark" : "job");
      await page.getByRole("button", { name: /skipped 11/ }).click();
      await page.getByRole("rowheader", { name: /recovered/ }).waitFor({ state: "detached" });
      await page.keyboard.press("2");
      await page.getByRole("log").getByText("reading scan-7.txt").waitFor();
      await page.keyboard.press("3");
      await page.getByRole("row", { name: /labels.*failed/ }).waitFor();
    },
    { dark },
  );
});

test("a spec is refused in the server's words, planned, and only then committed; the version before stays", async () => {
  await visit(
    "/pipelines/default/labels",
    async (page) => {
      await page.getByRole("cell", { name: "failed" }).first().waitFor();
      await page.keyboard.press("e");
      const text = page.getByRole("textbox", { name: "Spec" });
      const spec = await text.inputValue();
      await text.fill(spec.replace("glob:", "glop:"));
      await page.getByRole("button", { name: "Plan" }).click();
      await page.getByRole("alert").getByText("glop").waitFor();
      await text.fill(spec.replace("exit 4", "exit 0"));
      await page.keyboard.press("Control+Enter");
      await page.getByRole("row", { name: /default\/labels 1 0 0/ }).waitFor();
      await picture(page, "pipeline-edit");
      await page.keyboard.press("Control+Enter");
      await page.waitForURL("**/pipelines/default/labels");
      await page.getByText("version 2").waitFor();
      await page.keyboard.press("2");
      await page.getByRole("combobox", { name: "Version" }).selectOption("1");
      await page.getByText("exit 4").waitFor();
    },
    { refuses: true },
  );
});

test("a pipeline is stopped and started, and deleted when its name is typed", async () => {
  await pipelines.put({ pipeline: { name: "spare" }, transform: { cmd: ["true"] }, input: { cron: { name: "tick", spec: "@never" } } });
  await visit("/pipelines/default/spare", async (page) => {
    await page.getByRole("button", { name: "Stop" }).click();
    await page.getByRole("button", { name: "Start" }).click();
    await page.getByRole("button", { name: "Stop" }).waitFor();
    await page.getByRole("button", { name: "Delete" }).click();
    const sure = page.getByRole("dialog").getByRole("button", { name: "Delete" });
    expect(await sure.isDisabled()).toBe(true);
    await page.keyboard.type("spare");
    await sure.click();
    await page.waitForURL("**/pipelines");
    await page.getByRole("link", { name: /^scans,/ }).waitFor();
    expect(await page.getByRole("link", { name: /^spare,/ }).count()).toBe(0);
  });
});

test("a phone sees a graph and a job without scrolling sideways", async () => {
  const [job] = await pipelines.jobs("edges");
  await visit(
    `/jobs/default/edges/${job?.id}`,
    async (page) => {
      const isWide = () => page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
      await page.getByRole("gridcell").first().waitFor();
      await picture(page, "job-phone");
      expect(await isWide()).toBe(false);
      await page.goto("/pipelines?at=default%2Fedges");
      await page.getByRole("complementary").getByRole("heading", { name: "edges" }).waitFor();
      await picture(page, "pipelines-phone");
      expect(await isWide()).toBe(false);
    },
    { width: 390, height: 800 },
  );
});
