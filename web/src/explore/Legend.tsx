import { short } from "../ui/number.ts";
import { style } from "../chart/palette.ts";
import { useDark } from "../chart/useDark.ts";
import { valueAt, type Axis } from "./axes.ts";
import { plainColour, stops } from "./colours.ts";

const mostWords = 8;
const width = 150;

/** What the colours mean: from which number to which, or which word is which. */
export function Legend({ axis }: { axis: Axis }) {
  const isDark = useDark();
  if (!axis.domain) {
    return (
      <ul className="legend" aria-label={`Colours by ${axis.title}`}>
        {axis.words.slice(0, mostWords).map((word, at) => (
          <li key={word}>
            <Dot colour={style(at, isDark).colour} /> <span className="cut">{word}</span>
          </li>
        ))}
        {axis.words.length > mostWords && <li className="hint">and {axis.words.length - mostWords} others</li>}
        {axis.places.includes(undefined) && <None isDark={isDark} />}
      </ul>
    );
  }

  const colours = stops(isDark);
  return (
    <ul className="legend" aria-label={`Colours by ${axis.title}`}>
      <li>
        {short(Number(valueAt(axis, 0)))}
        <svg width={width} height="10" aria-hidden="true">
          <defs>
            <linearGradient id="explore-colours">
              {colours.map((colour, at) => (
                <stop key={colour} offset={at / (colours.length - 1)} stopColor={colour} />
              ))}
            </linearGradient>
          </defs>
          <rect width={width} height="10" rx="2" fill="url(#explore-colours)" />
        </svg>
        {short(Number(valueAt(axis, 1)))}
        {axis.isLog && <span className="hint">log</span>}
      </li>
      {axis.places.includes(undefined) && <None isDark={isDark} />}
    </ul>
  );
}

function None({ isDark }: { isDark: boolean }) {
  return (
    <li>
      <Dot colour={plainColour(isDark)} /> none
    </li>
  );
}

export function Dot({ colour }: { colour: string }) {
  return (
    <svg className="dot" width="10" height="10" aria-hidden="true">
      <circle cx="5" cy="5" r="4.5" fill={colour} />
    </svg>
  );
}
