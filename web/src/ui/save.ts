/** Lets the browser keep something as a file. */
export function save(name: string, content: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** A name that every file system takes. */
export function fileNameOf(title: string, ending: string): string {
  return `${title.replaceAll(/[^\w.-]+/g, "-")}.${ending}`;
}
