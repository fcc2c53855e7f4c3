import { useSearchParams } from "react-router";
import { stringify } from "yaml";
import { Copy } from "../ui/Copy.tsx";
import { Highlight } from "../ui/Highlight.tsx";
import { Problem } from "../ui/Problem.tsx";
import { moment } from "../ui/time.ts";
import { useShownPipeline, useVersion } from "./usePipeline.ts";

/** The spec of a version: as its author wrote it, or with all defaults; as JSON or as YAML. */
export function SpecTab() {
  const shown = useShownPipeline();
  const [params, setParams] = useSearchParams();
  const version = Number(params.get("version") ?? shown.newest);
  const other = useVersion(shown, version);
  const of = version === shown.version ? shown : other.data;
  const isYaml = params.get("as") !== "json";
  const isFull = params.get("full") === "1";
  const spec = isFull ? of?.spec : of?.userSpec;
  const text = spec && (isYaml ? stringify(spec) : JSON.stringify(spec, null, 2));
  const put = (name: string, value: string) => {
    const next = new URLSearchParams(params);
    next.set(name, value);
    setParams(next, { replace: true });
  };
  return (
    <div className="narrow">
      <div className="row spec-bar">
        <select aria-label="Version" value={version} onChange={(event) => put("version", event.target.value)}>
          {shown.versions.map((one) => (
            <option key={one.version} value={one.version}>
              version {one.version}, {moment(one.made)}
            </option>
          ))}
        </select>
        <span className="choice" role="group" aria-label="Format">
          <button type="button" aria-pressed={isYaml} onClick={() => put("as", "yaml")}>
            YAML
          </button>
          <button type="button" aria-pressed={!isYaml} onClick={() => put("as", "json")}>
            JSON
          </button>
        </span>
        <label>
          <input type="checkbox" checked={isFull} onChange={(event) => put("full", event.target.checked ? "1" : "0")} /> with defaults
        </label>
        {text && <Copy text={text} label="Copy the spec" />}
      </div>
      <Problem error={other.error} />
      {text && <Highlight text={text} language={isYaml ? "yaml" : "json"} />}
    </div>
  );
}
