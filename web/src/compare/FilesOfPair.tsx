import { Link, useSearchParams } from "react-router";
import { useQuery } from "@tanstack/react-query";
import { ask } from "../api/ask.ts";
import type { ComparedInput, ComparedRun } from "../api/compare.ts";
import type { Change, Changes } from "../api/data.ts";
import { at, placeAddress, placePage, repoOf, type Place } from "../data/address.ts";
import { ChangeSizes, ChangeTotals } from "../data/ChangeWords.tsx";
import { CommitName } from "../data/CommitName.tsx";
import { FileDiff } from "../data/FileDiff.tsx";
import { Empty } from "../ui/Empty.tsx";
import { bytes, grouped } from "../ui/number.ts";
import { Problem } from "../ui/Problem.tsx";
import { withParam } from "../ui/withParam.ts";
import { inputNames, verdictOf, type Verdict } from "./inputs.ts";
import { PairBar, usePair } from "./PairBar.tsx";
import "../data/data.css";

/** More than so many files are shown on the repo's own page. */
const mostShown = 200;

const words: Record<Verdict, string> = {
  commit: "the same commit",
  content: "other commits, the same content",
  differs: "other content",
  repo: "of other repos",
  unknown: "other commits, one of which is gone or not to be read",
  only: "read by one of them",
};

/** Which files two runs read, name by name; between commits of one repo, the files that differ. */
export function FilesOfPair({ runs }: { runs: ComparedRun[] }) {
  const pair = usePair(runs);
  const names = pair ? inputNames([pair.from, pair.to]) : [];
  return (
    <div className="fill">
      {pair && <PairBar runs={runs} pair={pair} />}
      {pair && names.length === 0 && (
        <Empty title="Neither run is known to have read a commit">
          <p>What a job of a pipeline reads is linked to its run by itself. Datasets that programs name are among the inputs of “What differs”.</p>
        </Empty>
      )}
      <div className="inputs">
        {pair && names.map((name) => <Input key={name} name={name} from={inputOf(pair.from, name)} to={inputOf(pair.to, name)} />)}
      </div>
    </div>
  );
}

function Input({ name, from, to }: { name: string; from: ComparedInput | undefined; to: ComparedInput | undefined }) {
  const verdict = verdictOf(from, to);
  return (
    <section aria-label={name}>
      <h2>
        {name} <span className={verdict === "commit" || verdict === "content" ? "hint" : "tag"}>{words[verdict]}</span>
      </h2>
      <p className="commits-of">
        <Side of={from} /> <span aria-hidden="true">→</span> <Side of={to} />
      </p>
      {verdict === "differs" && from && to && <FileChanges name={name} from={from} to={to} />}
    </section>
  );
}

function Side({ of }: { of: ComparedInput | undefined }) {
  return of ? (
    <span>
      <CommitName repo={of.repo} commit={of.commit} />{" "}
      {of.size !== null && (
        <span className="hint">
          {grouped(of.files ?? 0)} files, {bytes(of.size)}
        </span>
      )}
    </span>
  ) : (
    <span className="hint">nothing</span>
  );
}

function FileChanges({ name, from, to }: { name: string; from: ComparedInput; to: ComparedInput }) {
  const [params, setParams] = useSearchParams();
  const place: Place = { ...repoOf(to.repo), commit: to.commit, path: [] };
  const changes = useQuery({
    queryKey: ["compare", "changes", from.repo, from.commit, to.commit],
    queryFn: ({ signal }) => ask<Changes>(placeAddress(place, "changes", { from: from.commit, count: mostShown }), signal),
    staleTime: Infinity,
  });
  const found = changes.data;
  const chosen = found?.changes.find((one) => `${name}:${one.path}` === params.get("file"));
  const total = found ? found.added + found.removed + found.changed : 0;
  return (
    <>
      <Problem error={changes.error} />
      {found && (
        <p>
          <ChangeTotals of={found} />{" "}
          <Link to={placePage(place, { view: "changes", from: from.commit })}>{total > mostShown ? `all ${grouped(total)}` : "in the repo"}</Link>
        </p>
      )}
      <ul className="changed">
        {found?.changes.map((change) => (
          <li key={change.path} aria-current={change === chosen}>
            <button
              type="button"
              className="link cut"
              aria-expanded={change === chosen}
              onClick={() => setParams(withParam(params, "file", change === chosen ? "" : `${name}:${change.path}`), { replace: true })}
            >
              {change.path}
            </button>
            <ChangeSizes of={change} />
          </li>
        ))}
      </ul>
      {chosen && <ChangedFile change={chosen} place={place} from={from.commit} />}
    </>
  );
}

function ChangedFile({ change: { path, oldSize, newSize }, place, from }: { change: Change; place: Place; from: string }) {
  const content = (commit: string) => placeAddress(at({ ...place, commit }, path), "content");
  return (
    <section className="data one-file" aria-label={`What differs in ${path}`}>
      <h3>{path}</h3>
      <FileDiff name={path} before={oldSize === null ? undefined : content(from)} after={newSize === null ? undefined : content(place.commit)} />
    </section>
  );
}

function inputOf(run: ComparedRun, name: string): ComparedInput | undefined {
  return run.inputs.find((input) => input.name === name);
}
