using System.Text.Json.Nodes;
using Braid.Access.Callers;
using Braid.Gateway.Web.Login;
using Braid.Primitives;
using Braid.Tracking;
using Braid.Tracking.Runs;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.Runs.Changes;

/// <summary><c>PATCH /api/runs/ID</c>: name, note, labels and tags.</summary>
internal sealed class RunEditEndpoint(WebRooms rooms, BrowserSession session)
{
    private const int longestName = 500;

    public Task AnswerAsync(HttpContext context) =>
        new CallerAnswer(session).SendAsync(
            context,
            async (caller, run, ct) =>
            {
                var body = await JsonBody.ReadAsync(context.Request, RunBodies.Default.RunEditBody);
                return body.IsOk ? await EditAsync(caller, run, body.Value, ct) : body.Error;
            }
        );

    private async Task<Result<JsonObject>> EditAsync(Caller caller, RunId run, RunEditBody body, CancellationToken ct)
    {
        if (body.Name is { } name && (name.Trim().Length == 0 || name.Length > longestName))
        {
            return new Error(
                ErrorKind.InvalidArgument,
                "web.bad-run-name",
                $"a run's name has 1 to {longestName} characters, not {name.Length}"
            );
        }

        var changed = await rooms.Runs.ChangeAsync(caller, run, now => ChangeOf(now, body), ct);
        return changed.Select(_ => new JsonObject());
    }

    private static Result<RunChange> ChangeOf(Run run, RunEditBody body) =>
        new RunChange
        {
            Name = body.Name?.Trim(),
            Comment = body.Note,
            Labels = body.Labels,
            SetTags = [.. TagsOf(run, body).Select(tag => new Tag(tag.Key, tag.Value))],
            RemoveTags = body.RemoveTags ?? [],
        };

    /// <summary>MLflow's clients know name and note as tags: these follow, where they are.</summary>
    private static Dictionary<string, string> TagsOf(Run run, RunEditBody body)
    {
        var tags = (body.SetTags ?? new Dictionary<string, string>()).ToDictionary();
        Follow(RunNotes.NameTag, body.Name?.Trim());
        Follow(RunNotes.NoteTag, body.Note);
        return tags;

        void Follow(string key, string? value)
        {
            if (value is not null && run.Tags.Any(tag => tag.Key == key))
            {
                tags[key] = value;
            }
        }
    }
}
