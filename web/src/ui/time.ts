const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** A length of time in two units at most: 4.2 s, 3 min 5 s, 2 h 10 min, 3 d 4 h. */
export function duration(seconds: number): string {
  if (seconds < 10) {
    return `${seconds.toFixed(1)} s`;
  }

  const whole = Math.round(seconds);
  return whole < minute
    ? `${whole} s`
    : whole < hour
      ? two(whole, minute, "min", 1, "s")
      : whole < day
        ? two(whole, hour, "h", minute, "min")
        : two(whole, day, "d", hour, "h");
}

/** How long something took, or has taken until now; empty before it started. */
export function took(from: string | null | undefined, to: string | null | undefined, now = Date.now()): string {
  return from ? duration(Math.max(0, ((to ? Date.parse(to) : now) - Date.parse(from)) / 1000)) : "";
}

const recentDays = 30;

/** How long ago, in one unit; the day, where that is long. */
export function ago(time: string, now = Date.now()): string {
  const seconds = Math.max(0, (now - Date.parse(time)) / 1000);
  return seconds < minute
    ? "just now"
    : seconds < hour
      ? `${Math.floor(seconds / minute)} min ago`
      : seconds < day
        ? `${Math.floor(seconds / hour)} h ago`
        : seconds < recentDays * day
          ? `${Math.floor(seconds / day)} d ago`
          : moment(time).slice(0, 10);
}

/** Sorts as it reads, in the time of the reader. */
export function moment(time: string | number): string {
  const at = new Date(time);
  const pad = (value: number) => String(value).padStart(2, "0");
  return (
    `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())} ` +
    `${pad(at.getHours())}:${pad(at.getMinutes())}:${pad(at.getSeconds())}`
  );
}

function two(seconds: number, large: number, largeName: string, small: number, smallName: string): string {
  const rest = Math.floor((seconds % large) / small);
  return `${Math.floor(seconds / large)} ${largeName}${rest ? ` ${rest} ${smallName}` : ""}`;
}
