using System.Globalization;
using System.Text.Json.Nodes;
using Braid.Cli.CommandLine;
using Braid.Cli.Workloads.Listing;

namespace Braid.Cli.Workloads.Jobs;

/// <summary>Shows Kubeflow's jobs as kubectl does: a table, or the objects with their status.</summary>
internal static class GetJobs
{
    private static readonly string[] kinds = ["TFJob", "PyTorchJob", "MPIJob", "XGBoostJob", "PaddleJob", "JAXJob"];

    public static IReadOnlyList<Command> All { get; } = [.. kinds.Select(Of)];

    private static Command Of(string kind) =>
        new Command($"get {kind.ToLowerInvariant()}s", "[<name>]", $"List {kind}s, with how they stand.")
        {
            Flags = [WorkloadFlags.Project, .. WorkloadFlags.Format],
            RunAsync = (call, ct) => RunAsync(call, kind, ct),
        }.Taking(0, 1);

    private static async Task<int> RunAsync(Invocation call, string kind, CancellationToken ct)
    {
        var name = call.Arguments.Count > 0 ? call.Arguments[0] : "";
        var project = Uri.EscapeDataString(ProjectChoice.Of(call));
        var answer = await call.Web.CallAsync(
            HttpMethod.Get,
            $"api/jobs?kind={kind}&project={project}&name={Uri.EscapeDataString(name)}",
            ct
        );
        var jobs = answer["jobs"]?.AsArray() ?? [];
        if (name.Length > 0 && jobs.Count == 0)
        {
            throw new Failure($"{kind.ToLowerInvariant()}s.kubeflow.org \"{name}\" not found");
        }

        if (!ListFormat.Print(call, name.Length > 0 ? jobs[0] : jobs))
        {
            Write(call, jobs);
        }

        return 0;
    }

    private static void Write(Invocation call, JsonArray jobs)
    {
        var now = call.World.Clock.GetUtcNow();
        var table = new PlainTable("NAME", "STATE", "AGE");
        foreach (var job in jobs)
        {
            table.Add((string?)job?["metadata"]?["name"] ?? "", StateOf(job), AgeOf(job, now));
        }

        table.Write(call.Out);
    }

    /// <summary>The type of the last condition, as Kubernetes prints it.</summary>
    private static string StateOf(JsonNode? job) =>
        job?["status"]?["conditions"] is JsonArray { Count: > 0 } conditions
            ? (string?)conditions[^1]?["type"] ?? ""
            : "";

    private static string AgeOf(JsonNode? job, DateTimeOffset now) =>
        DateTimeOffset.TryParse(
            (string?)job?["metadata"]?["creationTimestamp"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var made
        )
            ? ShortAges.Of(now - made)
            : "";
}
