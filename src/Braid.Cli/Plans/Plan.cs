using System.Text.Json.Nodes;
using Braid.Cli.CommandLine;
using Braid.Cli.Naming;
using Braid.Cli.Output;

namespace Braid.Cli.Plans;

/// <summary>Shows what a spec, a put or a moved branch would run and skip, before it is done.</summary>
internal static class Plan
{
    private static readonly Flag file = Flags.Values(
        "file",
        'f',
        "Without a branch, the spec that would be submitted; with one, a file or folder that would be put."
    );
    private static readonly Flag delete = Flags.Values("delete", null, "A path that would be deleted.");
    private static readonly Flag head = Flags.Value("head", null, "The commit that would become the branch's head.");
    private static readonly Flag reprocess = Flags.Switch(
        "reprocess",
        null,
        "The spec would be submitted with --reprocess."
    );
    private static readonly Flag all = Flags.Switch("all", null, "Also every datum, and why it would run or not.");

    public static Command Command { get; } =
        new Command("plan", "[<repo>@<branch>[:<path>]]", "Show what a spec or new data would run and skip.")
        {
            Flags = [all, delete, file, head, Flags.Project, Flags.Raw, reprocess],
            RunAsync = RunAsync,
        }.Taking(0, 1);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var question = await QuestionAsync(call, ct);
        if (call.Has(Flags.Raw))
        {
            await foreach (var line in LinesAsync(call, question, call.Has(all), ct))
            {
                call.Out.Write(line.ToJsonString() + "\n");
            }

            return 0;
        }

        var table = new PlanTable(call);
        await foreach (var pipeline in LinesAsync(call, question, datums: false, ct))
        {
            table.Add(pipeline);
        }

        table.Finish();
        if (call.Has(all))
        {
            await ShowDatumsAsync(call, question, ct);
        }

        return 0;
    }

    private static async Task<JsonObject> QuestionAsync(Invocation call, CancellationToken ct)
    {
        var question = new PlanQuestion(call);
        if (call.Argument(0) is not { } name)
        {
            return call.All(delete).Count > 0 || call.Text(head) is not null
                ? throw new Failure("of which branch? braid plan REPO@BRANCH") { ShowUsageOf = Command }
                : await question.OfSpecAsync(call.Text(file) ?? "-", call.Has(reprocess), ct);
        }

        if (call.Text(head) is { } commit)
        {
            return await question.OfHeadAsync(Names.Branch(call.Project, name), commit, ct);
        }

        return call.All(file).Count + call.All(delete).Count > 0
            ? await question.OfFilesAsync(Names.File(call.Project, name), call.All(file), call.All(delete), ct)
            : throw new Failure("what would change? -f PATH, --delete PATH or --head COMMIT") { ShowUsageOf = Command };
    }

    /// <exception cref="Failure">The server failed on the way.</exception>
    private static IAsyncEnumerable<JsonObject> LinesAsync(
        Invocation call,
        JsonObject question,
        bool datums,
        CancellationToken ct
    ) =>
        call
            .Web.LinesAsync(HttpMethod.Post, $"api/plan?datums={(datums ? "true" : "false")}", question, ct)
            .Select(line => line["failed"] is { } failed ? throw new Failure($"{failed}") : line);

    private static async Task ShowDatumsAsync(Invocation call, JsonObject question, CancellationToken ct)
    {
        call.Out.Write("\n");
        var table = new Table(call.Out, "PIPELINE", "FILES", "PLAN", "WHY");
        await foreach (
            var line in LinesAsync(call, question, datums: true, ct).Where(line => line["datum"] is not null)
        )
        {
            var runs = $"{line["runs"]}" == "true";
            table.Add(
                PlanNames.Short($"{line["pipeline"]}", call.Project),
                string.Join(", ", line["files"]?.AsArray() ?? []),
                runs ? call.Style.Colored("run", Color.Yellow) : "skip",
                $"{line["reason"]}"
            );
        }

        table.Finish();
    }
}
