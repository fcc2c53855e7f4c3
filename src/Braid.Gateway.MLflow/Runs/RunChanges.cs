using Braid.Gateway.MLflow.Experiments;
using Braid.Gateway.MLflow.Wire;
using Braid.Primitives;
using Braid.Tracking;
using Braid.Tracking.Projects;
using Braid.Tracking.Runs;

namespace Braid.Gateway.MLflow.Runs;

/// <summary>Makes, updates, deletes and restores runs.</summary>
internal static class RunChanges
{
    private const string protocol = "mlflow";

    /// <summary>Made with a job's credentials, it answers the job's own run: the domain decides that.</summary>
    public static async Task<Result<Answer>> CreateAsync(Call call, CancellationToken ct)
    {
        var fields = call.Fields;
        var experiment = fields.Text("experiment_id");
        var tags = RunTags.ReadFirst(fields);
        var name = Name(fields, tags);
        var started = Time(fields, "start_time");
        var user = fields.Text("user_id") is { Length: > 0 } id ? id : RunTags.ValueOf(tags, RunTags.User);
        if (fields.Problem is { } problem)
        {
            return problem;
        }

        var project = await ProjectAsync(call, experiment, ct);
        if (!project.IsOk)
        {
            return project.Error;
        }

        var run = new NewRun
        {
            Protocol = protocol,
            Project = project.Value.Id,
            Name = name ?? RunNames.Invent(call.Rooms.Ids),
            Status = RunStatus.InProgress,
            Parent = RunTags.ParentOf(tags),
            User = user,
            Started = started,
            With = RunTags.Setting(tags) with { Name = null, Parent = null },
        };
        var made = await call.Rooms.Runs.CreateAsync(call.Caller, run, ct);
        return made.IsOk ? (await call.RunViewAsync(made.Value.Id, ct)).Select(RunJson.Answer) : made.Error;
    }

    public static async Task<Result<Answer>> UpdateAsync(Call call, CancellationToken ct)
    {
        var id = call.Fields.RequiredRun();
        var status = RunStatuses.Read(call.Fields, "status");
        var ended = Time(call.Fields, "end_time");
        var name = call.Fields.Text("run_name") is { Length: > 0 } given ? given : null;
        if (call.Fields.Problem is { } problem)
        {
            return problem;
        }

        var change = new RunChange { Name = name, Completed = status is null ? ended : null };
        var changed = await call.Rooms.Runs.UpdateAsync(call.Caller, id, change, ct);
        if (changed.IsOk && status is { } to)
        {
            changed = await call.Rooms.Runs.SetStatusAsync(call.Caller, id, Going(to, ended), ct);
        }

        var view = changed.IsOk ? await RunView.OfAsync(call, changed.Value, ct) : changed.Error;
        return view.OnRun(id)
            .Select<Answer>(run => json => json.Object("run_info", info => RunJson.WriteInfo(info, run)));
    }

    /// <summary>Any status may follow any; a run that goes on after its end still started when it did.</summary>
    private static StatusChange Going(RunStatus to, DateTimeOffset? ended) =>
        new(to)
        {
            Force = true,
            At = ended,
            KeepsStart = true,
        };

    public static Task<Result<Answer>> DeleteAsync(Call call, CancellationToken ct) =>
        OnRunAsync(call, id => call.Rooms.Runs.TrashAsync(call.Caller, id, ct));

    public static Task<Result<Answer>> RestoreAsync(Call call, CancellationToken ct) =>
        OnRunAsync(call, id => call.Rooms.Runs.RestoreAsync(call.Caller, id, ct));

    private static async Task<Result<Answer>> OnRunAsync(Call call, Func<RunId, Task<Result<Unit>>> act)
    {
        var id = call.Fields.RequiredRun();
        return call.Fields.Problem is { } problem ? problem : (await act(id)).OnRun(id).Done();
    }

    private static async Task<Result<Project>> ProjectAsync(Call call, string? experiment, CancellationToken ct)
    {
        var project = await call.ExperimentAsync(string.IsNullOrEmpty(experiment) ? "0" : experiment, ct);
        return project.Then(found => found.MustBeActive());
    }

    /// <summary>The name may come as a field or as a tag, but not as two different ones.</summary>
    private static string? Name(Fields fields, IReadOnlyList<Tag> tags)
    {
        var field = fields.Text("run_name") is { Length: > 0 } given ? given : null;
        var tag = RunTags.ValueOf(tags, RunTags.Name) is { Length: > 0 } named ? named : null;
        if (field is not null && tag is not null && field != tag)
        {
            fields.Refuse(
                Errors.Invalid(
                    "Both 'run_name' argument and 'mlflow.runName' tag are specified, but with different values"
                        + $" (run_name='{field}', mlflow.runName='{tag}')."
                )
            );
        }

        return field ?? tag;
    }

    private static DateTimeOffset? Time(Fields fields, string name) =>
        fields.Integer(name) is { } ms and > 0 and < 253_402_300_800_000
            ? DateTimeOffset.FromUnixTimeMilliseconds(ms)
            : null;
}
