using Braid.Gateway.MLflow.Wire;
using Braid.Primitives;
using Braid.Tracking.Projects;

namespace Braid.Gateway.MLflow.Experiments;

/// <summary>Makes, renames, deletes and restores experiments.</summary>
internal static class ExperimentChanges
{
    private const int longestName = 500;
    private const int longestLocation = 2048;

    public static async Task<Result<Answer>> CreateAsync(Call call, CancellationToken ct)
    {
        var name = call.Fields.Required("name");
        var location = call.Fields.Text("artifact_location");
        var tags = ExperimentTags.Read(call.Fields);
        if ((call.Fields.Problem ?? NameProblem(name) ?? LocationProblem(location)) is { } problem)
        {
            return problem;
        }

        var wanted = new NewProject(name)
        {
            ArtifactLocation = string.IsNullOrEmpty(location) ? null : location.TrimEnd('/'),
            Tags = tags,
        };
        var made = await call.Rooms.Projects.CreateAsync(call.Caller, wanted, ct);
        return made.As(ErrorKind.AlreadyExists, Taken(name))
            .Select<Answer>(project => json => json.WriteString("experiment_id", ExperimentJson.IdOf(project)));
    }

    public static async Task<Result<Answer>> UpdateAsync(Call call, CancellationToken ct)
    {
        var name = call.Fields.Required("new_name");
        var found = await call.ExperimentAsync(ct);
        if ((found.Error ?? NameProblem(name)) is { } problem)
        {
            return problem;
        }

        var change = new ProjectChange { Name = name };
        var changed = await call.Rooms.Projects.UpdateAsync(call.Caller, found.Value.Id, change, ct);
        return changed
            .As(ErrorKind.AlreadyExists, Taken(name))
            .As(ErrorKind.FailedPrecondition, "Cannot rename a non-active experiment.")
            .Done();
    }

    public static async Task<Result<Answer>> DeleteAsync(Call call, CancellationToken ct)
    {
        var found = await InStateAsync(call, isTrashed: false, ct);
        return found.IsOk
            ? (await call.Rooms.Projects.TrashAsync(call.Caller, found.Value.Id, ct)).Done()
            : found.Error;
    }

    public static async Task<Result<Answer>> RestoreAsync(Call call, CancellationToken ct)
    {
        var found = await InStateAsync(call, isTrashed: true, ct);
        return found.IsOk
            ? (await call.Rooms.Projects.RestoreAsync(call.Caller, found.Value.Id, ct)).Done()
            : found.Error;
    }

    /// <summary>To who deletes, what is deleted already does not exist; to who restores, what is not deleted.</summary>
    private static async Task<Result<Project>> InStateAsync(Call call, bool isTrashed, CancellationToken ct) =>
        (await call.ExperimentAsync(ct)).Then<Project>(project =>
            project.Trashed is not null == isTrashed
                ? project
                : Errors.NotFound(ExperimentFields.NoExperiment(ExperimentJson.IdOf(project)))
        );

    private static string Taken(string name) =>
        $"Experiment(name={name}) already exists. It may be a deleted one: restore it, or choose another name.";

    private static Error? NameProblem(string name) =>
        name.Length > longestName ? Errors.TooLong("name", longestName) : null;

    private static Error? LocationProblem(string? location) =>
        string.IsNullOrEmpty(location) ? null
        : location.Length > longestLocation
            ? Errors.Invalid(
                $"Invalid artifact path length. The length of the artifact path cannot be greater than {longestLocation}"
                    + " characters."
            )
        : location.AsSpan().IndexOfAny('#', ';') >= 0
            ? Errors.Invalid("'artifact_location' URL can't include fragments or params.")
        : location.StartsWith("runs:", StringComparison.OrdinalIgnoreCase)
            ? Errors.Invalid($"Invalid artifact_location '{location}': a run's artifacts cannot hold an experiment's.")
        : null;
}
