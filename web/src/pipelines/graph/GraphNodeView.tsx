import { memo } from "react";
import { useNavigate } from "react-router";
import { statusSign } from "../../ui/Status.tsx";
import { ended, pipelineStanding } from "../states.ts";
import { nodeHeight, nodeWidth } from "./layout.ts";
import { nodePath, type GraphNode } from "./nodes.ts";

const mostSigns = 22;

interface GraphNodeProps {
  node: GraphNode;
  x: number;
  y: number;
  /** What can be told apart at its size. */
  detail: "words" | "sign" | "box";
  isAt: boolean;
  isFaint: boolean;
  onAt: (id: string) => void;
}

/** A pipeline with its state as sign and word, or a repo. */
export const GraphNodeView = memo(function GraphNodeView({ node, x, y, detail, isAt, isFaint, onAt }: GraphNodeProps) {
  const navigate = useNavigate();
  const { kind, word, sign, share } = look(node);
  return (
    <g
      className={`node ${kind}${isAt ? " at" : ""}${isFaint ? " faint" : ""}`}
      transform={`translate(${Math.round(x)} ${Math.round(y - nodeHeight / 2)})`}
      role="link"
      aria-label={`${node.name}, ${word}`}
      aria-current={isAt}
      onClick={() => onAt(node.id)}
      onDoubleClick={() => void navigate(nodePath(node))}
    >
      <title>{`${node.id}: ${word}`}</title>
      <rect className="box" width={nodeWidth} height={nodeHeight} rx={node.kind === "pipeline" ? 6 : nodeHeight / 2} />
      {detail === "words" && (
        <>
          <text className="sign" x={19} y={27}>
            {sign}
          </text>
          <text className="name" x={36} y={18}>
            {cut(node.name)}
          </text>
          <text className="word" x={36} y={33}>
            {word}
          </text>
          {share > 0 && <rect className="share" x={6} y={nodeHeight - 4} width={(nodeWidth - 12) * share} height={2} />}
        </>
      )}
      {detail === "sign" && (
        <text className="sign far" x={nodeWidth / 2} y={31}>
          {sign}
        </text>
      )}
    </g>
  );
});

function look({ kind, pipeline }: GraphNode): { kind: string; word: string; sign: string; share: number } {
  if (!pipeline) {
    return kind === "cron" ? { kind: "repo", word: "ticks", sign: "◷", share: 0 } : { kind: "repo", word: "repo", sign: "▤", share: 0 };
  }

  const standing = pipelineStanding(pipeline);
  const isRunning = standing.kind === "in_progress" && pipeline.job;
  const progress = pipeline.job?.progress;
  return {
    kind: standing.kind,
    word: isRunning && progress ? `${standing.word} ${ended(progress)}`.trim() : standing.word,
    sign: statusSign(standing.kind),
    share: isRunning && progress && progress.total > 0 ? (progress.processed + progress.skipped + progress.failed + progress.recovered) / progress.total : 0,
  };
}

function cut(name: string): string {
  return name.length > mostSigns ? `${name.slice(0, mostSigns - 1)}…` : name;
}
