import { parquetMetadataAsync, parquetReadObjects, parquetSchema, type AsyncBuffer, type Compressors, type FileMetaData } from "hyparquet";
import { decompressBrotli, decompressGzip, decompressLz4, decompressLz4Raw, decompressZstd } from "hyparquet-compressors";
import { readRange } from "./ranges.ts";

/** An open file of columns. */
export interface ParquetFile {
  file: AsyncBuffer;
  metadata: FileMetaData;
  columns: string[];
  count: number;
  size: number;
}

/** Snappy is in the reader itself: what else does it is WebAssembly, which a page of ours may not run. */
const compressors: Compressors = {
  GZIP: decompressGzip,
  BROTLI: decompressBrotli,
  ZSTD: (input) => decompressZstd(input),
  LZ4: decompressLz4,
  LZ4_RAW: decompressLz4Raw,
};

/** A file on the server, of which only the parts are read that are needed. */
export async function openParquet(address: string): Promise<ParquetFile> {
  const { total } = await readRange(address, 0, 1);
  return describe({ byteLength: total, slice: async (start, end = total) => (await readRange(address, start, end)).bytes });
}

/** Reads what the file says of itself, from its end. */
export async function describe(file: AsyncBuffer): Promise<ParquetFile> {
  const metadata = await parquetMetadataAsync(file);
  return {
    file,
    metadata,
    columns: parquetSchema(metadata).children.map((column) => column.element.name),
    count: Number(metadata.num_rows),
    size: file.byteLength,
  };
}

/** Some rows, as the texts of their cells. */
export async function readRows(parquet: ParquetFile | undefined, rowStart: number, rowEnd: number): Promise<string[][]> {
  if (!parquet || rowStart >= rowEnd) {
    return [];
  }

  const { file, metadata, columns } = parquet;
  const rows = await parquetReadObjects({ file, metadata, rowStart, rowEnd, compressors });
  return rows.map((row) => columns.map((column) => cellText(row[column])));
}

/** A value as one line: bytes by their number, lists and structures as JSON. */
export function cellText(value: unknown): string {
  return value === null || value === undefined
    ? ""
    : value instanceof Date
      ? value.toISOString()
      : value instanceof Uint8Array
        ? `${value.length} bytes`
        : typeof value === "object"
          ? JSON.stringify(value, (_, part: unknown) => (typeof part === "bigint" ? String(part) : part))
          : String(value as string | number | bigint | boolean);
}
