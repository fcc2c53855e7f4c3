/** Files that are put on a branch through the browser's door, in one commit, whose id this is. */
export async function putFiles(web: string, branch: string, message: string, files: Record<string, string | Uint8Array<ArrayBuffer>>): Promise<string> {
  const body = new FormData();
  body.append("list", JSON.stringify({ message, paths: Object.keys(files) }));
  for (const content of Object.values(files)) {
    body.append("file", new Blob([content]), "file");
  }

  const [project, repo, name] = branch.split(/[/@]/);
  const url = `${web}/api/data/repos/${project}/${repo}/branches/${name}/files`;
  const answer = await fetch(url, { method: "PUT", body });
  if (!answer.ok) {
    throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
  }

  return ((await answer.json()) as { id: string }).id;
}
