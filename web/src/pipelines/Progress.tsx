import type { Progress } from "../api/jobs.ts";
import { grouped } from "../ui/number.ts";

const verdicts = ["processed", "skipped", "recovered", "failed"] as const;

/** How much of a job is done, each verdict in its colour; the title says the numbers. */
export function ProgressBar({ of, isWide = false }: { of: Progress; isWide?: boolean }) {
  const said = verdicts.filter((verdict) => of[verdict] > 0).map((verdict) => `${grouped(of[verdict])} ${verdict}`);
  const text = of.total > 0 ? `${said.join(", ") || "none ended"} of ${grouped(of.total)} datums` : "no datums yet";
  const shares = verdicts.map((verdict) => (of.total > 0 ? (100 * of[verdict]) / of.total : 0));
  return (
    <svg className={isWide ? "progress wide" : "progress"} viewBox="0 0 100 1" preserveAspectRatio="none" role="img" aria-label={text}>
      <title>{text}</title>
      <rect className="rest" width="100" height="1" />
      {verdicts.map((verdict, at) => (
        <rect key={verdict} className={verdict} x={shares.slice(0, at).reduce((sum, share) => sum + share, 0)} width={shares[at]} height="1" />
      ))}
    </svg>
  );
}
