/**
 * The exponential moving average, without the pull to its first value (TensorBoard's): 0 smooths nothing, 0.99 almost everything. What
 * is no number is passed over.
 */
export function smooth(values: (number | null)[], weight: number): (number | null)[] {
  let last = 0;
  let count = 0;
  return values.map((value) => {
    if (value === null || !Number.isFinite(value)) {
      return null;
    }

    last = last * weight + (1 - weight) * value;
    count++;
    return last / (1 - weight ** count);
  });
}
