using System.Globalization;
using System.Text.Json.Nodes;
using Braid.Tracking.Runs;
using Braid.Workloads.Submission;

namespace Braid.Workloads.Queued;

/// <summary>What a run that waits in a queue is as a workload.</summary>
internal static class QueuedSpecs
{
    private const int longestSlug = 40;

    public static WorkloadSpec Of(Run run)
    {
        var script = Parse(run.Documents.Script);
        var container = Parse(run.Documents.Container);
        return new()
        {
            Kind = WorkloadKind.Queued,
            Image = Text(container, "image") is { Length: > 0 } image ? image : null,
            Request = RequestOf(CommandLine.Split(Text(container, "arguments"))),
            Script = new()
            {
                Binary = Text(script, "binary"),
                Repository = Text(script, "repository"),
                Branch = Text(script, "branch"),
                Commit = Text(script, "version_num"),
                Diff = Text(script, "diff"),
                EntryPoint = Text(script, "entry_point"),
                WorkingDirectory = Text(script, "working_dir"),
            },
        };
    }

    /// <summary>What people call it: the run's name as far as a name of work goes, and the first digits of its id.</summary>
    public static string NameOf(Run run)
    {
        var letters = run.Name.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-');
        var slug = string.Join('-', new string([.. letters]).Split('-', StringSplitOptions.RemoveEmptyEntries));
        slug = (slug.Length > longestSlug ? slug[..longestSlug] : slug).Trim('-');
        var name = $"{slug}-{run.Id.ToString()[..8]}".TrimStart('-');
        return char.IsAsciiLetterLower(name[0]) ? name : $"run-{name}";
    }

    /// <summary>What Docker's arguments ask for: <c>--gpus 2</c>, <c>--cpus 1.5</c>, <c>--memory 8g</c>. What they do not say is left open.</summary>
    private static ProgramRequest RequestOf(IReadOnlyList<string> arguments)
    {
        var request = new ProgramRequest();
        for (var at = 0; at < arguments.Count; at++)
        {
            var (flag, inline) = arguments[at].Split('=', 2) is [var name, var text]
                ? (name, text)
                : (arguments[at], null);
            var value = inline ?? (at + 1 < arguments.Count ? arguments[at + 1] : "");
            request = flag switch
            {
                "--gpus" when int.TryParse(value, CultureInfo.InvariantCulture, out var gpus) && gpus >= 0 =>
                    request with
                    {
                        Gpus = gpus,
                    },
                "--cpus"
                    when double.TryParse(value, CultureInfo.InvariantCulture, out var cpus) && cpus is > 0 and < 1e6 =>
                    request with
                    {
                        CpuMillicores = (long)(cpus * 1000),
                    },
                "--memory" or "-m" when Bytes(value) is { } bytes => request with { MemoryBytes = bytes },
                _ => request,
            };
        }

        return request;
    }

    /// <summary>Docker's sizes: a number, and <c>b</c>, <c>k</c>, <c>m</c> or <c>g</c>.</summary>
    private static long? Bytes(string text)
    {
        var shift = text.Length == 0 ? -1 : "bkmg".IndexOf(char.ToLowerInvariant(text[^1]), StringComparison.Ordinal);
        var digits = shift < 0 ? text : text[..^1];
        return
            long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < 1 << 30
            ? number << (10 * Math.Max(shift, 0))
            : null;
    }

    private static JsonObject Parse(string? document) =>
        document is null ? [] : JsonNode.Parse(document) as JsonObject ?? [];

    private static string Text(JsonObject document, string name) =>
        document[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
}
