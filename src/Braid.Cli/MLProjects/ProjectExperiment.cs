using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Tracking;

namespace Braid.Cli.MLProjects;

/// <summary>The experiment of MLflow's clients that a run belongs to, which is the project of that name.</summary>
internal sealed record ProjectExperiment(string Name, string Id)
{
    /// <summary>The one that is given; else the one of MLflow's variables; else <c>Default</c>. By its name it is made if need be.</summary>
    /// <exception cref="Failure">Both are given, or there is none of that ID.</exception>
    public static async Task<ProjectExperiment> FindAsync(
        Surroundings world,
        string? name,
        string? id,
        ClearMLClient clearml,
        TrackingClient tracking,
        CancellationToken ct
    )
    {
        if (name is not null && id is not null)
        {
            throw new Failure("Specify only one of 'experiment-name' or 'experiment-id' options.");
        }

        if (name is null && (id ?? Variable(world, "MLFLOW_EXPERIMENT_ID")) is { } known)
        {
            return await AskAsync(tracking, $"get?experiment_id={Uri.EscapeDataString(known)}", ct)
                ?? throw new Failure($"there is no experiment with the ID {known}");
        }

        name ??= Variable(world, "MLFLOW_EXPERIMENT_NAME") ?? "Default";
        await clearml.ProjectAsync(name, ct);
        return await AskAsync(tracking, $"get-by-name?experiment_name={Uri.EscapeDataString(name)}", ct)
            ?? throw new Failure($"there is no experiment with the name {name}");
    }

    private static string? Variable(Surroundings world, string name) =>
        world.Variable(name) is { Length: > 0 } value ? value : null;

    private static async Task<ProjectExperiment?> AskAsync(TrackingClient tracking, string query, CancellationToken ct)
    {
        try
        {
            var found = (await tracking.FindMLflowAsync($"experiments/{query}", ct))?["experiment"];
            return found is null
                ? null
                : new(found["name"]?.ToString() ?? "", found["experiment_id"]?.ToString() ?? "");
        }
        catch (ServerAwayException away)
        {
            throw new Failure(away.Message);
        }
    }
}
