import { Refusal, send } from "../api/ask.ts";
import type { Commit } from "../api/data.ts";
import { repoAddress } from "./address.ts";

/** A file that is to be put, at a path within the folder that it is dropped on. */
export interface NewFile {
  path: string;
  file: File;
}

export interface Upload {
  project: string;
  repo: string;
  branch: string;
  folder: string;
  message: string;
  files: NewFile[];
}

/** The files of a drop, those in folders by the folders' names. */
export async function filesOf(items: DataTransferItemList): Promise<NewFile[]> {
  // Once this function waits, the browser takes the list away.
  const dropped = [...items].map((item) => item.webkitGetAsEntry() ?? item.getAsFile()).filter((one) => one !== null);
  return (await Promise.all(dropped.map((one) => (one instanceof File ? [{ path: one.name, file: one }] : filesBelow(one))))).flat();
}

/** The files of a picker, which knows their paths when it picked a folder. */
export function pickedFiles(files: FileList | null): NewFile[] {
  return [...(files ?? [])].map((file) => ({ path: file.webkitRelativePath || file.name, file }));
}

/** Where a file goes: an absolute path. */
export function pathIn(folder: string, path: string): string {
  return `/${[...folder.split("/"), ...path.split("/")].filter(Boolean).join("/")}`;
}

/** Puts all files in one commit; rejects, and leaves nothing, when it is refused, broken off or aborted. */
export async function upload(what: Upload, onSent: (bytes: number) => void, signal: AbortSignal): Promise<Commit> {
  const address = `${repoAddress(what.project, what.repo)}/branches/${encodeURIComponent(what.branch)}`;
  const list = { message: what.message, paths: what.files.map((one) => pathIn(what.folder, one.path)) };
  // Said before any byte is sent, where it can be.
  await send("POST", `${address}/check`, list);
  const body = new FormData();
  body.append("list", JSON.stringify(list));
  for (const { file } of what.files) {
    body.append("file", file, "file");
  }

  return sendBody(`${address}/files`, body, onSent, signal);
}

/** What fetch cannot do yet: tell how much was sent. */
function sendBody(address: string, body: FormData, onSent: (bytes: number) => void, signal: AbortSignal): Promise<Commit> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("PUT", address);
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => onSent(event.loaded));
    request.addEventListener("load", () => {
      const answer = request.response as (Commit & { code: string; message: string }) | null;
      if (request.status === 200 && answer) {
        resolve(answer);
      } else {
        reject(new Refusal(request.status, answer?.code ?? "web.no-json", answer?.message ?? `the server answered with ${request.status}`));
      }
    });
    request.addEventListener("error", () => reject(new Error("the connection broke off; nothing was put")));
    request.addEventListener("abort", () => reject(new DOMException("stopped", "AbortError")));
    signal.addEventListener("abort", () => request.abort());
    request.send(body);
  });
}

async function filesBelow(entry: FileSystemEntry): Promise<NewFile[]> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    return [{ path: entry.fullPath.slice(1), file }];
  }

  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: NewFile[] = [];
  // A reader tells some at a time, and none at the end.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) {
      return found;
    }

    found.push(...(await Promise.all(some.map(filesBelow))).flat());
  }
}
