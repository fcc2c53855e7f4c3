import { linearTicks, logTicks } from "../chart/ticks.ts";
import { columnKind, columnTitle } from "../runs/view.ts";
import { short } from "../ui/number.ts";

/** What a run has on an axis; undefined and null for nothing. */
export type Value = string | number | null | undefined;

/** An axis with the place of each run on it: 0 at its low end, 1 at its high end. */
export interface Axis {
  column: string;
  title: string;
  /** What kind of value it is: last, min, param. */
  kind: string;
  /** The least and the greatest number; undefined for an axis of words. */
  domain: [number, number] | undefined;
  /** The words of an axis, in order; empty for numbers. */
  words: string[];
  isLog: boolean;
  /** Whether a logarithmic one is possible: some number is greater than 0. */
  mayBeLog: boolean;
  /** By run; undefined for those that have no value, or one that a logarithmic axis has no place for. */
  places: (number | undefined)[];
  texts: (string | undefined)[];
  ticks: Tick[];
}

export interface Tick {
  place: number;
  text: string;
}

const mostWords = 16;

/** Numbers where every value is one, words otherwise. */
export function axisOf(column: string, values: Value[], wantsLog: boolean): Axis {
  const numbers = values.map(numberOf);
  const isNumbers = values.every((value, at) => value === undefined || value === null || numbers[at] !== undefined) && numbers.some((one) => one !== undefined);
  const base = { column, title: columnTitle(column), kind: columnKind(column) };
  return isNumbers ? { ...base, ...numeric(numbers, wantsLog) } : { ...base, ...worded(values) };
}

/** Where on an axis a value of it lies, though no run may have it; undefined for what it has no place for. */
export function placeOf(axis: Axis, text: string): number | undefined {
  if (!axis.domain) {
    const at = axis.words.indexOf(text);
    return at < 0 ? undefined : wordPlace(at, axis.words.length);
  }

  const number = Number(text);
  return text.trim() === "" || !Number.isFinite(number) ? undefined : numberPlace(number, axis.domain, axis.isLog);
}

/** The value at a place, as it is written in an address: of words the nearest one. */
export function valueAt(axis: Axis, place: number): string {
  const { domain, words, isLog } = axis;
  if (!domain) {
    return words[Math.round(place * (words.length - 1))] ?? "";
  }

  const [low, high] = isLog ? [Math.log10(domain[0]), Math.log10(domain[1])] : domain;
  const at = low + place * (high - low);
  return String(Number((isLog ? 10 ** at : at).toPrecision(6)));
}

/** Whether runs have other values here: an axis on which all are the same says nothing. */
export function differs(axis: Axis): boolean {
  return new Set(axis.texts.filter((text) => text !== undefined)).size > 1;
}

function numeric(numbers: (number | undefined)[], wantsLog: boolean) {
  const known = numbers.filter((one) => one !== undefined);
  const positive = known.filter((one) => one > 0);
  const isLog = wantsLog && positive.length > 0;
  const domain = extent(isLog ? positive : known);
  return {
    domain,
    words: [],
    isLog,
    mayBeLog: positive.length > 0,
    places: numbers.map((one) => (one === undefined ? undefined : numberPlace(one, domain, isLog))),
    texts: numbers.map((one) => (one === undefined ? undefined : short(one))),
    ticks: (isLog ? logTicks(domain) : linearTicks(domain)).map((value) => ({ place: numberPlace(value, domain, isLog) ?? 0, text: short(value) })),
  };
}

function worded(values: Value[]) {
  const texts = values.map((value) => (value === undefined || value === null || value === "" ? undefined : String(value)));
  const words = [...new Set(texts.filter((text) => text !== undefined))].toSorted((a, b) => a.localeCompare(b, undefined, { numeric: true }));
  const places = new Map(words.map((word, at) => [word, wordPlace(at, words.length)]));
  const every = Math.ceil(words.length / mostWords);
  return {
    domain: undefined,
    words,
    isLog: false,
    mayBeLog: false,
    places: texts.map((text) => (text === undefined ? undefined : places.get(text))),
    texts,
    ticks: words.flatMap((text, at) => (at % every === 0 ? [{ place: wordPlace(at, words.length), text }] : [])),
  };
}

function numberOf(value: Value): number | undefined {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}

function wordPlace(at: number, count: number): number {
  return count < 2 ? 0.5 : at / (count - 1);
}

function numberPlace(value: number, [low, high]: [number, number], isLog: boolean): number | undefined {
  if (isLog && value <= 0) {
    return undefined;
  }

  return low === high ? 0.5 : isLog ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
}

function extent(numbers: number[]): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const number of numbers) {
    low = Math.min(low, number);
    high = Math.max(high, number);
  }

  return [low, high];
}
