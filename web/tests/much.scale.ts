import { expect, inject, test } from "vitest";
import { putFiles } from "./files.ts";
import { MLflow, post } from "./mlflow.ts";
import { useBrowser, visit } from "./page.ts";
import { Pipelines } from "./pipelines.ts";
import { inParallel, timed } from "./timing.ts";

/**
 * What pages take with much data: BRAID_SCALE=1 is 10,000 metrics in one run, 1,000,000 lines, 100,000 files in one directory, and 1,000
 * pipelines; 0.1 is a tenth of them, but for the metrics. Times are printed, and held against what people are promised.
 */
const scale = Number(process.env.BRAID_SCALE);

useBrowser();

test("a run of many metrics", async () => {
  const mlflow = new MLflow(inject("doors").mlflow);
  const run = await mlflow.run(await mlflow.experiment("wide"), "wide", Date.now());
  for (let from = 0; from < 10_000; from += 1000) {
    for (const step of [0, 1]) {
      const values = Array.from({ length: 1000 }, (_, key) => [`layer-${(from + key) % 100}/weight-${from + key}`, key + step]);
      await mlflow.log(run, { metrics: Object.fromEntries(values) as Record<string, number> }, step);
    }
  }

  await visit("/", async (page) => {
    await page.getByRole("link", { name: "Runs" }).waitFor();
    const opened = await timed("10,000 metrics", async () => {
      await page.goto(`/runs/${run}/scalars`);
      await page.locator("canvas").first().waitFor();
    });
    const found = await timed("filtered by a regular expression", async () => {
      await page.getByRole("searchbox").fill("/weight-99\\d\\d$/");
      await page.getByText("100 of 10").waitFor();
    });
    expect([opened < 2000, found < 1000]).toEqual([true, true]);
  });
});

test("a console of many lines", async () => {
  const { doors, full } = { doors: inject("doors"), full: inject("seeded").full };
  const lines = 1_000_000 * scale;
  await inParallel(lines / 1000, async (batch) => {
    const some = Array.from({ length: 1000 }, (_, at) => JSON.stringify({ type: "log", task: full, timestamp: batch * 1000 + at, msg: `line ${batch * 1000 + at} ${"x".repeat(40)}` }));
    await post(`${doors.clearml}/events.add_batch`, some.join("\n"));
  });
  await visit("/", async (page) => {
    await page.getByRole("link", { name: "Runs" }).waitFor();
    const opened = await timed("a line in the middle", async () => {
      await page.goto(`/runs/${full}/console?line=${lines / 2}`);
      await page.locator(".console .at .text", { hasText: "line" }).waitFor();
    });
    const found = await timed("the whole console searched", async () => {
      await page.getByRole("searchbox").fill(`line ${lines - 7} `);
      await page.getByText("1 found").waitFor();
    });
    expect([opened < 2000, found < 3000]).toEqual([true, true]);
  });
});

test("a directory of many files", async () => {
  const { web } = inject("doors");
  const [count, batch] = [100_000 * scale, 5000];
  await post(`${web}/api/data/repos`, { project: "default", name: "many" });
  for (let from = 0; from < count; from += batch) {
    const names = Array.from({ length: batch }, (_, at) => [`/d/file-${String(from + at).padStart(6, "0")}.bin`, "x".repeat((from + at) % 997)]);
    await putFiles(web, "default/many@master", `from ${from}`, Object.fromEntries(names) as Record<string, string>);
  }

  await visit("/", async (page) => {
    await page.getByRole("link", { name: "Data" }).waitFor();
    const rows = page.getByRole("row");
    const first = await timed(`first rows of ${count} files`, async () => {
      await page.goto("/data/default/many/master/d");
      await page.getByRole("link", { name: "file-000005.bin" }).waitFor();
    });
    const last = await timed("last rows", async () => {
      await page.keyboard.press("End");
      await page.getByRole("link", { name: `file-${String(count - 1).padStart(6, "0")}.bin` }).waitFor();
    });
    const sorted = await timed("sorted by size", async () => {
      await page.getByRole("button", { name: "Size" }).click();
      await expect.poll(() => rows.nth(1).innerText()).toContain("996 B");
    });
    const narrowed = await timed("found by the beginning of a name", async () => {
      await page.getByRole("searchbox").fill("file-000123");
      await page.getByText("1 entry").waitFor();
    });
    expect([first < 1500, last < 1000, sorted < 1500, narrowed < 1000]).toEqual([true, true, true, true]);
  });
});

test("a graph of many pipelines", async () => {
  const pipelines = new Pipelines(inject("doors"));
  const count = 1000 * scale;
  const input = (repo: string) => ({ pfs: { repo, glob: "/" } });
  await pipelines.put({ pipeline: { name: "many-0" }, transform: { cmd: ["true"] }, input: { cron: { name: "tick", spec: "@never" } } });
  const put = (at: number) => {
    const inputs = [input(`many-${Math.floor(at / 3)}`), ...(at % 5 === 0 && at > 10 ? [input(`many-${at - 7}`)] : [])];
    return pipelines.put({ pipeline: { name: `many-${at}` }, transform: { cmd: ["true"] }, input: { cross: inputs } });
  };
  // What seven of them read is there before them, but for the first.
  const together = 7;
  for (let from = 1; from < count; from += from < together ? 1 : together) {
    await Promise.all(Array.from({ length: Math.min(from < together ? 1 : together, count - from) }, (_, more) => put(from + more)));
  }

  await visit("/", async (page) => {
    await page.getByRole("link", { name: "Pipelines" }).waitFor();
    const drawn = await timed(`${count} pipelines drawn`, async () => {
      await page.goto("/pipelines");
      await page.locator(".graph .node").nth(count - 1).waitFor();
    });
    const listed = await timed("the same as a list", async () => {
      await page.keyboard.press("v");
      await page.getByRole("row").nth(20).waitFor();
    });
    expect([drawn < 2000, listed < 1000]).toEqual([true, true]);
  });
});
