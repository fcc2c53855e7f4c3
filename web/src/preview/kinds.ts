export type Kind = "image" | "page" | "audio" | "video" | "table" | "parquet" | "json" | "notebook" | "markdown" | "pdf" | "text" | "bytes";

const kinds: [Kind, RegExp][] = [
  ["image", /\.(png|jpe?g|gif|webp|svg|bmp|ico)$/i],
  ["page", /\.html?$/i],
  ["audio", /\.(wav|mp3|ogg|flac|m4a)$/i],
  ["video", /\.(mp4|webm)$/i],
  ["table", /\.(csv|tsv)$/i],
  ["parquet", /\.parquet$/i],
  ["json", /\.json$/i],
  ["notebook", /\.ipynb$/i],
  ["pdf", /\.pdf$/i],
  ["markdown", /\.(md|markdown)$/i],
  ["bytes", /\.(pkl|pickle|pt|pth|onnx|bin|npy|npz|h5|zip|gz|bz2|xz|tar|tgz|zst|7z|safetensors|joblib|model|exe|so|dll|tiff?|avi|mov)$/i],
];

/** How a file of this name is shown; of an SVG, an image never runs what is in it. */
export function kindOf(name: string): Kind {
  return kinds.find(([, pattern]) => pattern.test(name))?.[0] ?? "text";
}

/** The rows of a table in text: fields may be in double quotes, in which a doubled one stands for itself. */
export function rowsOf(text: string, separator: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const field = new RegExp(`"((?:[^"]|"")*)"|([^${separator}\\n]*)`, "y");
  let at = 0;
  while (at < text.length) {
    field.lastIndex = at;
    const found = field.exec(text);
    const plain = found?.[2]?.replace(/\r$/, "");
    row.push(plain ?? (found?.[1] ?? "").replaceAll('""', '"'));
    at = field.lastIndex;
    if (text[at] === "\r") {
      at++;
    }

    if (text[at] !== separator) {
      rows.push(row);
      row = [];
    }

    at++;
  }

  return row.length > 0 ? [...rows, row] : rows;
}
