import { expect, inject, test } from "vitest";
import { post } from "./mlflow.ts";
import { picture, useBrowser, visit } from "./page.ts";

useBrowser();

test("what is stored is counted, what would be free is told, and every byte is read", async () => {
  await visit("/storage", async (page) => {
    await page.getByText("files of runs").first().waitFor();
    await page.getByRole("button", { name: "Users" }).click();
    await page.waitForURL("**/storage?by=user");
    await page.getByRole("button", { name: "Plan" }).press("Enter");
    await page.getByText(/would be free/).waitFor();
    await page.getByRole("button", { name: "Check everything" }).press("Enter");
    await page.getByText("Everything is as it was written.").waitFor();
    await picture(page, "storage");
  });
});

test("a person is made, given a role and deleted by typing the name; names are text", async () => {
  const name = "<img src=x onerror=alert(1)>";
  await visit("/admin/people", async (page) => {
    await page.getByRole("button", { name: "Person" }).click();
    await page.keyboard.type("eve");
    await page.getByLabel("Name").fill(name);
    await page.keyboard.press("Enter");
    await page.getByRole("cell", { name }).waitFor();
    await page.getByLabel("Role of eve").selectOption("administrator");
    await expect.poll(() => isAdministrator("eve")).toBe(true);
    await picture(page, "people");
    await page.getByRole("button", { name: "Delete eve" }).click();
    await page.getByLabel("Type eve to go on").fill("eve");
    await page.keyboard.press("Enter");
    await page.getByRole("cell", { name }).waitFor({ state: "detached" });
  });
});

test("a key pair is made, its secret shown this once, and revoked; settings say where they come from", async () => {
  await visit("/admin/keys", async (page) => {
    await page.getByLabel("What the new pair is for").fill("laptop");
    await page.keyboard.press("Enter");
    await page.getByText(/"secret_key" = /).waitFor();
    await page.getByRole("button", { name: "Revoke laptop" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
    await page.getByText(/"secret_key" = /).waitFor({ state: "detached" });
    // Keys mean nothing while the dialog is there.
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.keyboard.press("5");
    await page.getByRole("row", { name: /--data .* command line/ }).waitFor();
    await page.keyboard.press("1");
    await page.getByText(/answers in/).waitFor();
  });
});

test("the audit log tells who did what from where, narrowed by the address; what it names is text", async () => {
  const name = "<b>mallory</b>";
  await post(`${inject("doors").clearml}/queues.create`, { name });
  await visit("/admin", async (page) => {
    await page.getByText(/answers in/).waitFor();
    await page.keyboard.press("6");
    const row = page.getByRole("row", { name: /queue.create <b>mallory<.b> .*clearml 127.0.0.1/ });
    await row.waitFor();
    await page.getByLabel("What was done").selectOption("Queues");
    await page.getByLabel("To what").fill("MALLORY");
    await page.waitForURL("**/admin/audit?action=queue&target=MALLORY");
    await row.waitFor();
    await picture(page, "audit");
    await page.getByRole("button", { name: "Refused" }).press("Enter");
    await page.getByText("Nothing of that was done").waitFor();
  });
});

async function isAdministrator(id: string): Promise<boolean> {
  const { users } = (await (await fetch(`${inject("doors").web}/api/users`)).json()) as { users: { id: string; administrator: boolean }[] };
  return users.some((user) => user.id === id && user.administrator);
}
