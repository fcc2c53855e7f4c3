import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, test } from "vitest";
import { useBrowser, visit } from "./page.ts";
import { startServer, type RunningServer } from "./server.ts";

useBrowser();

let server: RunningServer | undefined;
beforeAll(async () => {
  server = await startServer("--auth");
});
afterAll(() => server?.stop());

test("who is not signed in signs in, and is back where it began", async () => {
  const keys = JSON.parse(await readFile(join(server?.folder ?? "", "admin.json"), "utf8")) as Record<string, string>;
  await visit(
    "/runs?sort=name",
    async (page) => {
      await page.waitForURL("**/login?to=**");
      await page.getByLabel("Access key").fill(keys.access_key ?? keys.accessKey ?? "");
      await page.getByLabel("Secret key").fill(keys.secret_key ?? keys.secretKey ?? "");
      await page.keyboard.press("Enter");
      await page.waitForURL("**/runs?sort=name");
      await page.getByRole("button", { name: "log out" }).waitFor();
      await page.getByRole("heading", { name: "Nothing has run here yet" }).waitFor();
      await page.getByRole("button", { name: "log out" }).click();
      await page.waitForURL("**/login");
    },
    { refuses: true, server: server?.doors.web },
  );
});
