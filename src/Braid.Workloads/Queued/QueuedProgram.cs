using Braid.Primitives;
using Braid.Workloads.Replicas;
using Braid.Workloads.Submission;

namespace Braid.Workloads.Queued;

/// <summary>
/// The program of a queued run on a node of ours: a small script fetches the code and puts the entry point in its place. What the
/// script needs to know is in its environment, so nothing of a run is ever part of a shell's text.
/// </summary>
internal static class QueuedProgram
{
    private const string folder = "/run/braid-task";
    private const string python = "python3";
    private const int readable = 0b100_100_100;

    private const string start = """
        set -eu
        mkdir -p /tmp/task
        cd /tmp/task
        if [ -n "$BRAID_TASK_REPOSITORY" ]; then
          git clone --quiet ${BRAID_TASK_BRANCH:+--branch "$BRAID_TASK_BRANCH"} -- "$BRAID_TASK_REPOSITORY" code
          cd code
          if [ -n "$BRAID_TASK_COMMIT" ]; then git checkout --quiet --detach "$BRAID_TASK_COMMIT"; fi
          if [ -s /run/braid-task/diff ]; then git apply --whitespace=nowarn --unidiff-zero /run/braid-task/diff; fi
          cd -- "${BRAID_TASK_DIRECTORY:-.}"
        else
          mkdir code
          cd code
          cp /run/braid-task/diff "$BRAID_TASK_FILE"
        fi
        if ! command -v "$1" >/dev/null; then
          echo "there is no $1 on this machine; python3 runs the task" >&2
          shift
          set -- python3 "$@"
        fi
        exec "$@"

        """;

    public static ReplicaProgram Of(RunId run, WorkloadSpec spec)
    {
        var script = spec.Script ?? new();
        return new()
        {
            Command = ["/bin/sh", $"{folder}/start", .. InterpreterOf(script), .. EntryOf(script)],
            Environment = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["CLEARML_TASK_ID"] = $"{run}",
                ["PYTHONUNBUFFERED"] = "1",
                ["GIT_TERMINAL_PROMPT"] = "0",
                ["BRAID_TASK_REPOSITORY"] = script.Repository,
                ["BRAID_TASK_BRANCH"] = script.Branch,
                ["BRAID_TASK_COMMIT"] = script.Commit,
                ["BRAID_TASK_DIRECTORY"] = script.WorkingDirectory,
                ["BRAID_TASK_FILE"] = FileOf(script),
            },
            Files =
            [
                new($"{folder}/start", start, readable),
                // Editors and clients trim texts; a patch, and a script, end with the end of a line.
                new($"{folder}/diff", script.Diff.Length == 0 ? "" : script.Diff.TrimEnd('\n') + "\n", readable),
            ],
            CpuMillicores = spec.CpuLimit,
            MemoryBytes = spec.MemoryLimit,
            Grace = spec.Grace,
        };
    }

    /// <summary>A script without a repository lies where it runs, whatever folder it came from.</summary>
    private static IReadOnlyList<string> EntryOf(QueuedScript script)
    {
        var words = CommandLine.Split(script.EntryPoint);
        return words.Count == 0 ? [FileOf(script)]
            : script.Repository.Length == 0 && !words[0].StartsWith('-') ? [FileOf(script), .. words.Skip(1)]
            : words;
    }

    private static bool IsShell(QueuedScript script) =>
        Path.GetFileName(script.Binary.Split(' ')[0]) is "bash" or "sh" or "zsh";

    private static IReadOnlyList<string> InterpreterOf(QueuedScript script)
    {
        var name = Path.GetFileName(script.Binary.Split(' ')[0]);
        return IsShell(script) ? [name]
            : name.StartsWith("python", StringComparison.Ordinal) && name != "python" ? [name, "-u"]
            : [python, "-u"];
    }

    /// <summary>What a script without a repository is called: its entry point's file, when it is one.</summary>
    private static string FileOf(QueuedScript script)
    {
        var file = CommandLine.Split(script.EntryPoint) is [var first, ..] ? Path.GetFileName(first) : "";
        var isFile =
            !file.StartsWith('-')
            && (file.EndsWith(".py", StringComparison.Ordinal) || file.EndsWith(".sh", StringComparison.Ordinal));
        return isFile ? file
            : IsShell(script) ? "untitled.sh"
            : "untitled.py";
    }
}
