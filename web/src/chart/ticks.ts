const fewestTicks = 4;
const mostPowers = 8;

/** Round numbers between the ends: 1, 2 or 5 times a power of ten apart. */
export function linearTicks([low, high]: [number, number]): number[] {
  if (low === high) {
    return [low];
  }

  const rough = (high - low) / fewestTicks;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * (rough / power >= 5 ? 5 : rough / power >= 2 ? 2 : 1);
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.max(0, Math.floor(high / step) - first + 1) }, (_, at) => Number(((first + at) * step).toPrecision(12)));
}

/** Powers of ten between the ends; 1, 2 and 5 of each where they are few; the ends, where there is none. */
export function logTicks([low, high]: [number, number]): number[] {
  const from = Math.floor(Math.log10(low));
  const powers = Array.from({ length: Math.ceil(Math.log10(high)) - from + 1 }, (_, at) => from + at);
  const every = Math.ceil(powers.length / mostPowers);
  const factors = powers.length <= 3 ? [1, 2, 5] : [1];
  const ticks = powers.filter((power) => (power - from) % every === 0).flatMap((power) => factors.map((factor) => Number((factor * 10 ** power).toPrecision(12))));
  const inside = ticks.filter((tick) => tick >= low && tick <= high);
  return inside.length > 0 ? inside : low === high ? [low] : [low, high];
}
