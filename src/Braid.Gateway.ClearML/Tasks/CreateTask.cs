using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;
using Braid.Tracking.Runs;

namespace Braid.Gateway.ClearML.Tasks;

/// <summary><c>tasks.create</c>: makes a run; user code of a job is answered with the job's own.</summary>
internal static class CreateTask
{
    /// <summary>The name of this door to the rule by which a job's program joins the job's run.</summary>
    public const string Protocol = "clearml";

    private const int shortestName = 3;

    public static async Task<Result<JsonObject>> HandleAsync(ApiCall call, CancellationToken ct)
    {
        var fields = call.Fields;
        var name = ReadName(fields);
        _ = fields.RequiredText("type");
        var body = TaskBody.Read(call);
        if (fields.Problem is { } problem)
        {
            return problem;
        }

        var with = body.ChangeOf(null);
        var run = new NewRun
        {
            Protocol = Protocol,
            Name = name,
            Type = body.Type ?? "",
            Project = with.Project,
            Parent = with.Parent,
            With = with,
        };
        var made = await call.Rooms.Runs.CreateAsync(call.Caller, run, ct);
        return made.Select(found => new JsonObject { ["id"] = found.Id.ToString() });
    }

    /// <summary>A name that is long enough for the protocol; what is wrong with it is kept in <paramref name="fields"/>.</summary>
    public static string ReadName(Fields fields)
    {
        var name = fields.RequiredText("name").Trim();
        if (name.Length < shortestName)
        {
            fields.Refuse(Errors.InvalidField("name", $"at least {shortestName} characters"));
        }

        return name;
    }
}
