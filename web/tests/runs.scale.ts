import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { filledFolder } from "./filling.ts";
import { MLflow } from "./mlflow.ts";
import { useBrowser, visit } from "./page.ts";
import { startServerIn, type RunningServer } from "./server.ts";
import { firstPaint, timed } from "./timing.ts";

/** What the table of runs and home take among BRAID_SCALE x 30,000 runs of 200 metrics each. */
const runs = 30_000 * Number(process.env.BRAID_SCALE);
const metrics = 200;
const fillingMs = 400_000;

let server: RunningServer;
let remove = () => Promise.resolve();

useBrowser();

beforeAll(async () => {
  const filled = await filledFolder(runs, metrics);
  remove = filled.remove;
  server = await startServerIn(filled.folder);
}, fillingMs);

afterAll(async () => {
  await server.stop();
  await remove();
});

const columns = (...names: string[]) => names.map((name) => `&col=${name}`).join("");
const five = columns("status", "name", "metrics.m/1", "min.m/2", "max.m/3", "metrics.m/4", "metrics.m/5", "params.lr");

test("the table of many runs", async () => {
  await opened("/runs", async (page) => {
    // What a server and a browser do first takes them longer: they compile it.
    for (let time = 0; time < 5; time++) {
      await rows(page, `/runs?project=many${five}`);
      await sorted(page, /m\/1/);
    }

    const took = {
      first: await timed("first rows", () => rows(page, `/runs?project=many${five}`)),
      sorted: await timed("sorted by a metric", () => sorted(page, /m\/1/)),
      descending: await timed("sorted down", () => sorted(page, /m\/1/)),
      byParameter: await timed("sorted by a parameter", () => sorted(page, /lr/)),
      filtered: await timed("first rows of a filter", () => rows(page, `/runs?project=many&filter=metrics.\`m/5\` < 0.5 AND params.lr = '3'${five}`)),
      filteredSorted: await timed("these sorted by a metric", () => sorted(page, /m\/4/)),
      few: await timed("first rows of a filter that few pass", () => rows(page, `/runs?project=many&filter=metrics.\`m/5\` < 0.001${five}`, 1)),
      all: await timed("first rows of all projects", () => rows(page, "/runs")),
      keys: await timed("keys to choose columns from", async () => {
        await page.keyboard.press("v");
        await page.getByRole("checkbox").nth(20).waitFor();
        await page.getByText("m/199").waitFor();
      }),
    };
    const { first, ...others } = took;
    expect(first).toBeLessThan(500);
    expect(others).toSatisfy((each: Record<string, number>) => Object.values(each).every((ms) => ms < 1000));
  });
});

test("home, to a browser that has nothing of it", async () => {
  for (let time = 0; time < 3; time++) {
    await opened("/", async () => {});
  }

  await opened("/", async (page) => {
    expect(await firstPaint(page, "home")).toBeLessThan(1000);
    await timed("what ended last", () => page.getByRole("link", { name: "run-", exact: false }).first().waitFor());
  });
});

test("a point that is logged is drawn", async () => {
  const mlflow = new MLflow(server.doors.mlflow);
  const run = await mlflow.run(await mlflow.experiment(`live ${Date.now()}`), "live", Date.now());
  await mlflow.log(run, { metrics: { loss: 4 } }, 1);
  await opened(`/runs/${run}/scalars`, async (page) => {
    const curve = (value: number) => page.getByRole("img", { name: `loss: live ends at ${value}` }).waitFor();
    await curve(4);
    const took: number[] = [];
    for (let step = 2; step < 7; step++) {
      const value = 4 - step / 2;
      took.push(
        await timed("a point is drawn", async () => {
          await mlflow.log(run, { metrics: { loss: value } }, step);
          await curve(value);
        }),
      );
    }

    expect(Math.max(...took)).toBeLessThan(2000);
  });
});

function opened(path: string, look: (page: Page) => Promise<void>): Promise<void> {
  return visit(path, look, { server: server.doors.web });
}

/** Goes to the table anew, until its first page is there. */
async function rows(page: Page, address: string, count = 15): Promise<void> {
  await page.goto(address);
  await page.getByRole("row").nth(count).waitFor();
}

/** Presses a column's head, and waits for the rows in their new order. */
async function sorted(page: Page, column: RegExp): Promise<void> {
  const answered = page.waitForResponse((answer) => answer.url().includes("/api/runs?"));
  await page.getByRole("columnheader").getByRole("button", { name: column }).click();
  await answered;
  await page.evaluate(() => new Promise(requestAnimationFrame));
}
