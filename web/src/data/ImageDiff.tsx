import { useState } from "react";

/** Two images one over the other; a slider uncovers the older from the left. */
export function ImageDiff({ name, before, after }: { name: string; before: string; after: string }) {
  const [place, setPlace] = useState(50);
  return (
    <div className="swipe">
      <div className="images">
        <img src={after} alt={`${name}, after`} />
        <img src={before} alt={`${name}, before`} className="before" style={{ clipPath: `inset(0 ${100 - place}% 0 0)` }} />
        <span className="edge" style={{ left: `${place}%` }} aria-hidden="true" />
      </div>
      <label>
        <span>before</span>
        <input type="range" min="0" max="100" value={place} aria-label="How much of the older image is shown" onChange={(event) => setPlace(Number(event.target.value))} />
        <span>after</span>
      </label>
    </div>
  );
}
