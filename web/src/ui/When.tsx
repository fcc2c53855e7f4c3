import { ago, moment } from "./time.ts";

/** A point in time, how long ago it was; the exact time is its title. */
export function When({ time }: { time: string | null | undefined }) {
  return time ? (
    <time dateTime={time} title={moment(time)}>
      {ago(time)}
    </time>
  ) : null;
}
