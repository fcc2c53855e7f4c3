import { beforeAll, expect, inject, test } from "vitest";
import { putFiles } from "./files.ts";
import { post } from "./mlflow.ts";
import { picture, useBrowser, visit } from "./page.ts";

useBrowser();

const script = "<img src=x onerror=\"document.title='stolen'\">";
const config = (threshold: number) => JSON.stringify({ camera: { lens: "35mm" }, threshold }, null, 1);
/** A picture of one pixel. */
const pixel = (colour: string) => `<svg xmlns="http://www.w3.org/2000/svg" width="64" height="48" onload="document.title='stolen'"><rect width="64" height="48" fill="${colour}"/></svg>`;
const notebook = {
  cells: [
    { cell_type: "markdown", source: ["# A first look"] },
    {
      cell_type: "code",
      execution_count: 7,
      source: "show(df)",
      outputs: [{ output_type: "execute_result", data: { "text/html": "<table><tr><td>cell<script>top.document.title='stolen'</script></td></tr></table>" } }],
    },
  ],
};

let second = "";

beforeAll(async () => {
  const { web } = inject("doors");
  await post(`${web}/api/data/repos`, { project: "default", name: "photos", description: `What cameras saw ${script}` });
  await putFiles(web, "default/photos@master", `The first day ${script}`, {
    "/config.json": config(0.75),
    "/a.svg": pixel("teal"),
    [`/odd/100% ${"<b>"}#1.txt`]: "one\ntwo",
    "/table.csv": `step,label\n${Array.from({ length: 20_000 }, (_, at) => `${at},"${script.replaceAll('"', '""')}"`).join("\n")}`,
    "/look.ipynb": JSON.stringify(notebook),
    "/page.html": "<h1>Report</h1><script>top.document.title = 'stolen'</script>",
  });
  second = await putFiles(web, "default/photos@master", "Threshold lowered", { "/config.json": config(0.5), "/a.svg": pixel("maroon") });
  await post(`${web}/api/data/repos/default/photos/branches`, { name: "drops", head: "master" });
});

test("a repo is made in a dialog, and files that are picked for it are one commit", async () => {
  await visit("/data", async (page) => {
    await page.getByRole("link", { name: "photos" }).waitFor();
    await picture(page, "data");
    await page.keyboard.press("n");
    await page.getByRole("textbox", { name: "Name" }).fill("sounds");
    await page.getByLabel("Description").fill("What microphones heard");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/data/default/sounds");
    await page.getByLabel("Files to upload").setInputFiles([
      { name: "a.txt", mimeType: "text/plain", buffer: Buffer.from("one") },
      { name: "b.txt", mimeType: "text/plain", buffer: Buffer.from("twotwo") },
    ]);
    const dialog = page.getByRole("dialog", { name: "Upload 2 files to master" });
    await dialog.getByLabel("Folder").fill("day 1");
    await dialog.getByLabel("Message").fill("Two clips");
    await picture(page, "data-upload");
    await page.keyboard.press("Enter");
    await page.getByRole("dialog", { name: "Uploaded" }).getByRole("link").click();
    await page.getByRole("link", { name: "day 1" }).click();
    await page.getByRole("link", { name: "b.txt" }).waitFor();
    expect(await page.getByRole("heading", { level: 1 }).innerText()).toBe("Two clips");
  });
});

test("files that are dropped on a folder go there; what may not be put is said, and leaves nothing", async () => {
  await visit(
    "/data/default/photos/drops/odd",
    async (page) => {
      await page.getByRole("link", { name: /100%/ }).waitFor();
      await drop("c.txt");
      await page.getByRole("dialog", { name: "Upload 1 file to drops" }).getByText("/odd/c.txt").waitFor();
      await page.getByLabel("Folder").fill("a*");
      await page.getByRole("button", { name: "Upload 5 B" }).click();
      await page.getByRole("alert").getByText("globbing character (*)").waitFor();
      await page.getByLabel("Folder").fill("odd");
      await page.getByRole("button", { name: "Upload 5 B" }).click();
      await page.getByRole("button", { name: "Done" }).click();
      await page.getByRole("link", { name: "c.txt" }).waitFor();

      /** As a hand does it: over what is there, then let go. */
      async function drop(name: string) {
        const files = await page.evaluateHandle((called) => {
          const data = new DataTransfer();
          data.items.add(new File(["three"], called));
          return data;
        }, name);
        await page.dispatchEvent(".directory", "dragenter", { dataTransfer: files });
        await page.getByText("Drop files to put them").waitFor();
        await page.dispatchEvent(".directory", "drop", { dataTransfer: files });
      }
    },
    { refuses: true },
  );
});

test("keys alone go through directories and back, and a name of any signs is a name", async () => {
  await visit("/data/default/photos", async (page) => {
    await page.getByRole("link", { name: /Threshold lowered/ }).waitFor();
    await picture(page, "data-repo");
    for (const key of ["x", "j", "x", "c"]) {
      await page.keyboard.press(key);
    }

    await page.getByText("0 added, 2 changed, 0 removed").waitFor();
    await page.keyboard.press("j");
    await page.getByRole("img", { name: "/a.svg, after" }).waitFor();
    await page.goBack();
    await page.getByRole("link", { name: /Threshold lowered/ }).waitFor();
    expect(await page.title()).toBe("default/photos · Braid");
    await page.keyboard.press("End");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: /The first day/ }).waitFor();
    await page.goto("/data/default/photos/master");
    await page.getByRole("link", { name: "page.html" }).waitFor();
    await page.keyboard.press("/");
    await page.keyboard.type("odd");
    await page.getByText("1 entry").waitFor();
    await page.getByRole("row").nth(1).click({ position: { x: 300, y: 5 } });
    await page.keyboard.press("Enter");
    await page.waitForURL("**/master/odd");
    await page.getByRole("link", { name: "100% <b>#1.txt" }).waitFor();
    await picture(page, "data-directory");
    await page.keyboard.press("Enter");
    await page.getByText("two", { exact: true }).waitFor();
    expect(await page.title()).toContain("100% <b>#1.txt");
    await page.goBack();
    await page.keyboard.press("Backspace");
    await page.getByRole("link", { name: "table.csv" }).waitFor();
  });
});

test("tables, notebooks, pages and JSON are shown, and nothing in them runs", async () => {
  const at = "/data/default/photos/master";
  await visit(
    `${at}/table.csv`,
    async (page) => {
      await page.getByText(script).first().waitFor();
      await picture(page, "data-table");
      await page.goto(`${at}/look.ipynb`);
      await page.frameLocator("iframe").getByText("cell").waitFor();
      await picture(page, "data-notebook");
      await page.goto(`${at}/page.html`);
      await page.frameLocator("iframe").getByRole("heading", { name: "Report" }).waitFor();
      await page.goto(`${at}/config.json`);
      await page.getByText("threshold:").waitFor();
      expect(await page.title()).toContain("config.json");
    },
    { blocksScripts: true },
  );
});

test.each([false, true])("two commits are compared: texts line by line, images by a slider (dark: %s)", async (dark) => {
  await visit(
    `/data/default/photos/${second}?view=changes&from=${second}^`,
    async (page) => {
      await page.getByRole("button", { name: "/config.json" }).click();
      await page.getByText('- "threshold": 0.75').waitFor();
      await page.getByText('+ "threshold": 0.5').waitFor();
      await picture(page, dark ? "data-changes-dark" : "data-changes");
      await page.getByRole("button", { name: "/a.svg" }).click();
      const before = page.getByRole("img", { name: "/a.svg, before" });
      await before.waitFor();
      await page.getByRole("slider").focus();
      await page.keyboard.press("End");
      expect(await before.evaluate((image) => image.style.clipPath)).toMatch(/^inset\(0(px)? 0(%|px)/);
      await page.getByRole("link", { name: "History" }).click();
      await page.getByRole("link", { name: /The first day/ }).waitFor();
      await picture(page, dark ? "data-history-dark" : "data-history");
    },
    { dark },
  );
});

test("a branch is made at a commit, and deleted by who types its name", async () => {
  await visit("/data/default/photos", async (page) => {
    await page.getByRole("link", { name: /Threshold lowered/ }).waitFor();
    await page.keyboard.press("b");
    await page.getByRole("textbox", { name: "Name" }).fill("first");
    await page.getByLabel("Begins at").fill("master^");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Delete branch first" }).click();
    const sure = page.getByRole("button", { name: "Delete it" });
    expect(await sure.isDisabled()).toBe(true);
    await page.getByLabel("Type the branch's name").fill("first");
    await picture(page, "data-delete");
    await sure.click();
    await page.getByRole("button", { name: "Delete branch first" }).waitFor({ state: "detached" });
  });
});

test("a phone sees a directory without scrolling sideways", async () => {
  await visit(
    "/data/default/photos/master",
    async (page) => {
      await page.getByRole("link", { name: "config.json" }).waitFor();
      await picture(page, "data-phone");
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    },
    { width: 390, height: 800 },
  );
});
