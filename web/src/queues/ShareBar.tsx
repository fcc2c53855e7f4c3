import "./sharebar.css";

interface ShareBarProps {
  held: number;
  /** Held, and asked for besides. */
  wanted: number;
  /** -1 for any amount. */
  quota: number;
  fair: number | undefined;
  /** What the whole width stands for. */
  most: number;
  /** In words, for who cannot see it. */
  label: string;
}

const width = 100;

/** What a share has, within its quota and above; what it waits for; its quota as a line, its fair share as a dotted one. */
export function ShareBar({ held, wanted, quota, fair, most, label }: ShareBarProps) {
  const at = (amount: number) => (most > 0 ? Math.min(width, (amount / most) * width) : 0);
  const within = quota < 0 ? held : Math.min(held, quota);
  return (
    <svg className="sharebar" viewBox={`0 0 ${width} 12`} preserveAspectRatio="none" role="img" aria-label={label}>
      <rect className="room" width={width} height="12" />
      {quota > 0 && <rect className="sure" width={at(quota)} height="12" />}
      <rect className="asked" x={at(held)} y="4" width={Math.max(0, at(wanted) - at(held))} height="4" />
      <rect className="own" y="2" width={at(within)} height="8" />
      <rect className="lent" x={at(within)} y="2" width={Math.max(0, at(held) - at(within))} height="8" />
      {quota > 0 && <line className="quota" x1={at(quota)} x2={at(quota)} y1="0" y2="12" />}
      {fair !== undefined && fair > 0 && <line className="fair" x1={at(fair)} x2={at(fair)} y1="0" y2="12" />}
    </svg>
  );
}

/** What the colours and lines of a bar mean. */
export function Legend() {
  return (
    <ul className="legend" aria-label="Legend">
      <li>
        <i className="own" /> used
      </li>
      <li>
        <i className="lent" /> borrowed
      </li>
      <li>
        <i className="asked" /> waited for
      </li>
      <li>
        <i className="quota" /> guaranteed
      </li>
      <li>
        <i className="fair" /> fair share now
      </li>
    </ul>
  );
}
