import { Link } from "react-router";
import { useQuery } from "@tanstack/react-query";
import { ask } from "../api/ask.ts";
import type { ModelDetails } from "../api/models.ts";
import type { RunDetails } from "../api/run.ts";
import { Command } from "../ui/Code.tsx";
import { Problem } from "../ui/Problem.tsx";
import { recipeOf } from "./reproduce.ts";

/** How to make the model again, and how to load it. */
export function Reproduce({ of }: { of: ModelDetails }) {
  const maker = of.maker?.id;
  const run = useQuery({
    queryKey: ["run", maker],
    queryFn: ({ signal }) => ask<RunDetails>(`/api/runs/${maker}`, signal),
    enabled: maker !== undefined,
    staleTime: 30_000,
  });
  const recipe = run.data && recipeOf(of, run.data, location.origin);
  return (
    <div className="stack">
      <section aria-labelledby="again">
        <h2 id="again">Make it again</h2>
        <Problem error={run.error} />
        {recipe?.commands && <Command text={recipe.commands} />}
        {recipe && recipe.missing.length > 0 && (
          <p className="hint">
            Nobody wrote down {recipe.missing.join(", nor ")}: <code>braid run</code> does, and{" "}
            <Link to={`/runs/${maker}/code`}>its run's code</Link> is all that is known.
          </p>
        )}
        {!maker && <p className="hint">Without a run nobody knows how it was made.</p>}
      </section>
      <section aria-labelledby="load">
        <h2 id="load">Load it</h2>
        <Command text={loading(of)} />
        {of.registered && <Command text={serving(of)} />}
      </section>
    </div>
  );
}

function nameOf(of: ModelDetails): string {
  const [alias] = of.aliases;
  return alias ? `models:/${of.name}@${alias}` : of.version ? `models:/${of.name}/${of.version}` : `models:/m-${of.id}`;
}

function loading(of: ModelDetails): string {
  return of.uri.startsWith("http") ? `python -c "from clearml import InputModel; InputModel(model_id='${of.id}').get_local_copy()"` : `mlflow artifacts download --artifact-uri '${nameOf(of).replaceAll("'", "'\\''")}'`;
}

function serving(of: ModelDetails): string {
  return `braid models serve -m '${nameOf(of).replaceAll("'", "'\\''")}'`;
}
