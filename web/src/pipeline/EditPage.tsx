import { Link, useParams } from "react-router";
import { useQuery } from "@tanstack/react-query";
import { stringify } from "yaml";
import { ask } from "../api/ask.ts";
import { pipelineApi, pipelinePath, type PipelineDetails } from "../api/pipelines.ts";
import { Problem } from "../ui/Problem.tsx";
import { useTitle } from "../ui/useTitle.ts";
import { SpecEditor } from "./SpecEditor.tsx";
import { example } from "./specText.ts";
import "../run/run.css";
import "../pipelines/pipelines.css";
import "./pipeline.css";

/** The next version of a pipeline. */
export function EditPage() {
  const { project = "", pipeline = "" } = useParams();
  const found = useQuery({
    queryKey: ["to edit", project, pipeline],
    queryFn: ({ signal }) => ask<PipelineDetails>(pipelineApi(project, pipeline), signal),
    staleTime: Infinity,
    gcTime: 0,
  });
  useTitle(`Edit ${pipeline}`);
  return (
    <div className="narrow">
      <p className="path">
        <Link to="/pipelines">Pipelines</Link> / <Link to={pipelinePath(project, pipeline)}>{pipeline}</Link>
      </p>
      <h1>Edit {pipeline}</h1>
      <Problem error={found.error} />
      {found.data && <SpecEditor initial={stringify(found.data.userSpec)} isUpdate />}
    </div>
  );
}

export function NewPage() {
  useTitle("New pipeline");
  return (
    <div className="narrow">
      <p className="path">
        <Link to="/pipelines">Pipelines</Link>
      </p>
      <h1>New pipeline</h1>
      <SpecEditor initial={example} isUpdate={false} />
    </div>
  );
}
