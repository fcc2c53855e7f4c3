import { expect, test } from "vitest";
import { cellText, describe, readRows } from "./parquet.ts";

/** Three rows of a number, a text, a time and a structure, compressed with Snappy. */
const file = [
  "UEFSMRUGFTQVLFwVBhUAFQYVABUEFQAAAAMHGAQBAAkBAAIJByAAAwAAAAAAAAAVBhUgFSRcFQYVAhUGFQAVBBUAAAADAw40AwAAAGNhdAMAAABkb2cVBhU0FS5cFQYVAB",
  "UGFQAVBBUAAAADBxgAABEBOFwmBQAAAAAAuEwKAAAAABUGFXgVZFwVBhUAFQYVABUEFQAAAAMHOlQRAAAAeyJ4IjoxLCJ5IjpbMiwzXX0OERUEMiwFFQhdfQ8REiQzLCJ5",
  "IjpbNF19FQQZXEgEcm9vdBUIABUEJQIYAmlkABUMJQIYBG5hbWUlAAAVBCUCGAR3aGVuJRIAFQwlAhgDYm94JSYAFgYZHBlMJggcFQQZFQAZGAJpZBUCFgYWXhZWJgg8Ng",
  "AoCAMAAAAAAAAAGAgBAAAAAAAAAAAZHBUGFQAVAgAAACZeHBUMGRUAGRgEbmFtZRUCFgYWShZOJl48NgIoA2RvZxgDY2F0ABkcFQYVABUCAAAAJqwBHBUEGRUAGRgEd2hl",
  "bhUCFgYWXhZYJqwBPDYAKAgAuEwKAAAAABgIAAAAAAAAAAAAGRwVBhUAFQIAAAAmhAIcFQwZFQAZGANib3gVAhYGFqIBFo4BJoQCPDYAKA97IngiOjMsInkiOls0XX0YEX",
  "sieCI6MSwieSI6WzIsM119ABkcFQYVABUCAAAAFqgDFgY2igMAGQAYCWh5cGFycXVldBlMHAAAHAAAHAAAHAAAAGABAABQQVIx",
].join("");

test("rows of a file of columns are read as texts, those asked for only", async () => {
  const parquet = await describe(Uint8Array.from(Buffer.from(file, "base64")).buffer);
  expect([parquet.columns, parquet.count]).toEqual([["id", "name", "when", "box"], 3]);
  expect(await readRows(parquet, 1, 3)).toEqual([
    ["2", "dog", "1970-01-02T00:00:00.000Z", '{"x":2,"y":[]}'],
    ["3", "", "1970-01-03T00:00:00.000Z", '{"x":3,"y":[4]}'],
  ]);
});

test("whatever a cell holds is one line", () => {
  expect([null, 2n ** 60n, new Uint8Array(3), [1n, null], true].map(cellText)).toEqual(["", "1152921504606846976", "3 bytes", "[\"1\",null]", "true"]);
});
