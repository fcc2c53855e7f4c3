import type { ModelDetails } from "../api/models.ts";
import type { RunDetails } from "../api/run.ts";

/** What brings back the code, the data and the call that made a model, and what is not known of them. */
export interface Recipe {
  commands: string;
  missing: string[];
}

/** Lines for a shell: the code as it was, each input at its commit, the program again as a tracked run of the same project. */
export function recipeOf(model: ModelDetails, maker: RunDetails, server: string): Recipe {
  const code = codeOf(maker);
  const call = callOf(maker);
  const missing: string[] = [];
  const lines: string[] = [];
  if (code.repository) {
    lines.push(`git clone ${quoted(code.repository)} reproduce && cd reproduce`);
    if (code.commit) {
      lines.push(`git checkout ${quoted(code.commit)}`);
    } else {
      missing.push("which commit of the code it was");
    }

    if (code.hasPatch) {
      lines.push(`curl -fsS ${server}/api/runs/${maker.run.id}/code.patch | git apply`);
    }

    if (code.folder && code.folder !== ".") {
      lines.push(`cd ${quoted(code.folder)}`);
    }
  } else {
    missing.push("which code it was");
  }

  for (const input of model.inputs) {
    lines.push(`braid get file -r ${quoted(`${input.repo}@${input.commit}:/`)} -o ${quoted(`inputs/${input.name}`)}`);
  }

  if (call) {
    lines.push(`braid run --project ${quoted(maker.run.project)}${given(maker)} -- ${call}`);
  } else {
    missing.push("how its program was called");
  }

  return { commands: lines.join("\n"), missing };
}

interface Code {
  repository: string;
  commit: string;
  folder: string;
  hasPatch: boolean;
}

function codeOf({ script, tags }: RunDetails): Code {
  const tag = (key: string) => tags.find((one) => one.key === key)?.value ?? "";
  return {
    repository: script?.repository || tag("mlflow.source.git.repoURL"),
    commit: script?.version_num || tag("mlflow.source.git.commit"),
    folder: script?.working_dir ?? "",
    hasPatch: !!script?.diff,
  };
}

/** The whole command line, where `braid run` wrote it down; else the program, and its arguments as ClearML's client keeps them. */
function callOf({ script, parameters, tags }: RunDetails): string {
  const line = parameters.find((one) => one.section === "Args" && one.name === "command");
  if (line) {
    return line.value;
  }

  const program = script?.entry_point || tags.find((one) => one.key === "mlflow.source.name")?.value;
  if (!program) {
    return "";
  }

  const words = parameters.filter((one) => one.section === "Args").map((one) => ` --${one.name} ${quoted(one.value)}`);
  const interpreter = script?.binary || (program.endsWith(".py") ? "python3" : "");
  return `${interpreter ? `${quoted(interpreter)} ` : ""}${program.startsWith("-m ") ? program : quoted(program)}${words.join("")}`;
}

/** Parameters that were logged by name, which a program may read from its own run. */
function given({ parameters }: RunDetails): string {
  return parameters
    .filter((one) => one.section === "General")
    .map((one) => ` -P ${quoted(`${one.name}=${one.value}`)}`)
    .join("");
}

/** One word of a shell's. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
