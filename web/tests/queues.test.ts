import { afterAll, beforeAll, expect, test } from "vitest";
import { begin, seedCluster, type Cluster } from "./cluster.ts";
import { picture, useBrowser, visit } from "./page.ts";
import { startServer, type RunningServer } from "./server.ts";

useBrowser();

let server: RunningServer;
let cluster: Cluster;

beforeAll(async () => {
  server = await startServer();
  cluster = await seedCluster(server.doors);
});
afterAll(() => server.stop());

test("quotas are seen as bars with numbers, changed in a dialog, and what would follow is told first", async () => {
  await visit(
    "/queues",
    async (page) => {
      await page.getByRole("img", { name: /^5 used, 4 guaranteed, 1 borrowed/ }).waitFor();
      await picture(page, "quota");
      await page.getByRole("button", { name: "Change vision" }).click();
      await page.getByLabel("GPU: quota").fill("0.5");
      await page.getByRole("button", { name: "What would follow" }).click();
      await page.getByRole("region", { name: "What would follow" }).waitFor();
      await page.keyboard.press("Tab");
      await page.getByRole("button", { name: "Save" }).press("Enter");
      await page.getByRole("img", { name: /used, 0.5 guaranteed/ }).waitFor();
      await page.getByRole("button", { name: "Memory" }).click();
      await page.getByRole("img", { name: /8.0 GiB guaranteed/ }).waitFor();
      expect(page.url()).toContain("of=memory");
    },
    { server: server.doors.web },
  );
});

test("what waits is explained by everything in its way, and is suspended by a key", async () => {
  await visit(
    `/queues/work?work=${cluster.waiting}`,
    async (page) => {
      const panel = page.getByRole("complementary", { name: "About segment-anything" });
      await panel.getByText("What it waits for").waitFor();
      await panel.getByText("quota-reached", { exact: false }).or(panel.getByText("not-enough-gpu")).first().waitFor();
      await panel.getByText("The smallest change that would start it").waitFor();
      await picture(page, "work");
      await page.keyboard.press("s");
      await panel.getByRole("button", { name: "Resume" }).waitFor();
    },
    { server: server.doors.web },
  );
});

test("a queue is put into another order by keys and by dragging, and the server has it so", async () => {
  await visit(
    "/queues/lists",
    async (page) => {
      const rows = page.getByRole("listitem").filter({ has: page.getByRole("button", { name: /^Move .* up$/ }) });
      await page.getByText("<b onclick=alert(1)>label-003</b>").waitFor();
      await page.keyboard.press("j");
      await page.keyboard.press("Shift+J");
      await page.getByRole("status").getByText("label-001 is number 2 of 4").waitFor();
      await page.getByText("label-004").hover();
      await rows.nth(3).dragTo(rows.nth(0));
      await page.getByRole("status").getByText("label-004 is number 1 of 4").waitFor();
      await picture(page, "queue");
      const [one, two, three, four] = cluster.queued;
      await expect.poll(() => order(server.doors.web)).toEqual([four, two, one, three]);
    },
    { server: server.doors.web },
  );
});

test("what a project had over time is drawn beside what it may count on, for as long as the address says", async () => {
  await begin(server.doors, "gpu-a", cluster.placed);
  await visit(
    "/queues",
    async (page) => {
      await page.getByRole("link", { name: "Over time" }).click();
      const vision = page.getByRole("region", { name: "vision" });
      await vision.getByRole("img", { name: /^vision: used ends at (?!0,)\S+, guaranteed now ends at \S+$/ }).waitFor();
      expect(await page.getByRole("region", { name: "robots" }).count()).toBe(0);
      await picture(page, "history");
      await page.getByRole("button", { name: "Hour" }).click();
      await page.getByRole("button", { name: "Memory" }).press("Enter");
      await page.waitForURL("**/queues/history?past=3600&of=memory");
      await page.getByText("In GiB:").waitFor();
      await vision.getByRole("img", { name: /^vision: used ends at/ }).waitFor();
      await page.reload();
      await page.getByRole("button", { name: "Hour", pressed: true }).waitFor();
      await vision.getByRole("img", { name: /^vision: used ends at/ }).waitFor();
    },
    { server: server.doors.web },
  );
});

test("a phone sees machines and their state without scrolling sideways", async () => {
  await visit(
    "/queues/machines",
    async (page) => {
      await page.getByRole("rowheader", { name: /^gpu-a/ }).waitFor();
      await picture(page, "machines-phone");
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    },
    { server: server.doors.web, width: 390, height: 800 },
  );
});

async function order(web: string): Promise<string[]> {
  const queue = (await (await fetch(`${web}/api/queues/${cluster.queue}`)).json()) as { entries: { run: string }[] };
  return queue.entries.map((entry) => entry.run);
}
