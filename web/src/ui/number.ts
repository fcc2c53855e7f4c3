/** Five digits say enough in a table; the exact value is a cell's title. */
export function short(value: number | null): string {
  if (value === null || !Number.isFinite(value)) {
    return "NaN";
  }

  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e7) {
    return String(value);
  }

  return size >= 1e6 || size < 1e-4 ? value.toExponential(3) : String(Number(value.toPrecision(5)));
}

/** 12 345 678: groups of three, as one reads them anywhere. */
export function grouped(value: number): string {
  return String(value).replaceAll(/\B(?=(\d{3})+$)/g, "\u202f");
}

const units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];

export function bytes(size: number): string {
  const at = size < 1024 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(size) / 10));
  const value = size / 1024 ** at;
  return `${at === 0 ? value : value.toFixed(value < 10 ? 1 : 0)} ${units[at]}`;
}
