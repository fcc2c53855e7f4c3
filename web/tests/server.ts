import { spawn, type ChildProcess } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");
const readyMs = 30_000;

/** Where the doors of a server are. */
export interface Doors {
  web: string;
  pachyderm: string;
  mlflow: string;
  clearml: string;
  files: string;
}

export interface RunningServer {
  doors: Doors;
  folder: string;
  stop: () => Promise<void>;
}

/** Starts the server on a fresh folder, which goes when it is stopped. */
export async function startServer(...more: string[]): Promise<RunningServer> {
  const folder = await mkdtemp(join(tmpdir(), "braid-web-"));
  const server = await startServerIn(folder, ...more);
  const stop = async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
  return { ...server, stop };
}

/** Starts the published server (BRAID_SERVER: another command) on a folder and free ports. */
export async function startServerIn(folder: string, ...more: string[]): Promise<RunningServer> {
  const command = (process.env.BRAID_SERVER ?? join(root, "artifacts/publish/server/braid-server")).split(" ");
  const ports = ["pachyderm", "clearml", "files", "mlflow", "s3", "web"].flatMap((door) => [`--${door}-port`, "0"]);
  const program = spawn(command[0] ?? "", [...command.slice(1), "serve", "--data", folder, ...ports, ...more], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const stop = async () => {
    const ended = new Promise((resolve) => program.once("exit", resolve));
    program.kill("SIGTERM");
    await ended;
  };
  return { doors: doorsOf(await untilReady(program)), folder, stop };
}

/** What the server prints up to its line "ready". */
function untilReady(program: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    const timer = setTimeout(() => reject(new Error(`the server is not ready after ${readyMs} ms:\n${text}`)), readyMs);
    program.once("exit", (code) => reject(new Error(`the server ended with ${code}:\n${text}`)));
    program.stdout?.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      if (/^ready/m.test(text)) {
        clearTimeout(timer);
        resolve(text);
      }
    });
  });
}

function doorsOf(text: string): Doors {
  const door = (name: string) => {
    const found = new RegExp(`^${name}\\s+(\\S+)`, "m").exec(text)?.[1];
    if (!found) {
      throw new Error(`the server does not say where its door '${name}' is:\n${text}`);
    }

    return found.replace(/\/$/, "");
  };
  return { web: door("web"), pachyderm: door("pachyderm"), mlflow: door("mlflow"), clearml: door("clearml"), files: door("files") };
}
