using System.Text.Json.Nodes;
using Braid.Access.Callers;
using Braid.Gateway.Web.Login;
using Braid.Primitives;
using Braid.Tracking.Runs;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.Runs.Changes;

/// <summary>
/// <c>POST /api/runs/actions</c>: the same with several runs, one by one; those that refuse are named with the reason, the others are done.
/// <c>POST /api/runs/remains</c>: what would go with them if they were deleted.
/// </summary>
internal sealed class RunActionEndpoint(WebRooms rooms, BrowserSession session)
{
    private const int mostRuns = 500;

    public Task ActAsync(HttpContext context) =>
        new CallerAnswer(session).SendAsync(
            context,
            async (caller, ct) =>
            {
                var body = await JsonBody.ReadAsync(context.Request, RunBodies.Default.RunActionBody);
                return body.IsOk
                    ? await EachAsync(
                        body.Value.Runs,
                        async run => (await RunActions.DoAsync(rooms, caller, run, body.Value, ct)).Error
                    )
                    : body.Error;
            }
        );

    public Task MeasureAsync(HttpContext context) =>
        new CallerAnswer(session).SendAsync(
            context,
            async (caller, ct) =>
            {
                var body = await JsonBody.ReadAsync(context.Request, RunBodies.Default.RunListBody);
                return body.IsOk ? await MeasureAsync(caller, body.Value.Runs, ct) : body.Error;
            }
        );

    private async Task<Result<JsonObject>> MeasureAsync(Caller caller, IReadOnlyList<string> runs, CancellationToken ct)
    {
        var all = new RunRemains(0, 0, 0, 0);
        var answer = await EachAsync(
            runs,
            async run =>
            {
                var one = await rooms.Runs.MeasureAsync(caller, run, ct);
                all = one.IsOk ? Sum(all, one.Value) : all;
                return one.Error;
            }
        );
        return answer.Select(done =>
        {
            done["files"] = all.Files;
            done["bytes"] = all.Bytes;
            done["children"] = all.Children;
            done["models"] = all.Models;
            return done;
        });
    }

    private static RunRemains Sum(RunRemains one, RunRemains other) =>
        new(one.Files + other.Files, one.Bytes + other.Bytes, one.Children + other.Children, one.Models + other.Models);

    private static async Task<Result<JsonObject>> EachAsync(IReadOnlyList<string> runs, Func<RunId, Task<Error?>> act)
    {
        if (runs.Count is 0 or > mostRuns)
        {
            return new Error(
                ErrorKind.InvalidArgument,
                "web.too-many-runs",
                $"1 to {mostRuns} runs can be named at once, not {runs.Count}"
            );
        }

        var done = new JsonArray();
        var refused = new JsonArray();
        foreach (var text in runs.Distinct(StringComparer.Ordinal))
        {
            var problem = RunId.TryParse(text, out var run) ? await act(run) : Answer.NoSuchRun(text);
            if (problem is null)
            {
                done.Add(text);
            }
            else
            {
                refused.Add(
                    new JsonObject
                    {
                        ["run"] = text,
                        ["code"] = problem.Code,
                        ["message"] = problem.Message,
                    }
                );
            }
        }

        return new JsonObject { ["done"] = done, ["refused"] = refused };
    }
}
