using System.Globalization;
using System.Text.Json.Nodes;
using Braid.Access.Callers;
using Braid.Gateway.Web.Login;
using Braid.Pipelines;
using Braid.Primitives;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.PipelineViews;

/// <summary>
/// <c>GET /api/pipelines/PROJECT/NAME[?version=N]</c>: a pipeline, the spec of one of its versions (the newest, unless asked for another),
/// and which versions there are, the newest first.
/// </summary>
internal sealed class PipelineEndpoint(PipelinesHost pipelines, BrowserSession session)
{
    private const int mostVersions = 500;

    public Task AnswerAsync(HttpContext context) =>
        PipelineAnswer.SendAsync(
            session,
            context,
            (caller, pipeline, ct) => ReadAsync(caller, pipeline, VersionOf(context.Request), ct)
        );

    private async Task<Result<JsonObject>> ReadAsync(
        Caller caller,
        PipelineRef pipeline,
        long? version,
        CancellationToken ct
    )
    {
        if (!(await pipelines.Pipelines.InspectAsync(caller, pipeline, 0, ct)).TryGet(out var newest, out var error))
        {
            return error;
        }

        var all = await pipelines.Pipelines.ListAsync(caller, [pipeline.Project], pipeline.Name, -1, ct);
        if (!all.TryGet(out var versions, out error))
        {
            return error;
        }

        var shown = version is { } number ? versions.FirstOrDefault(one => one.Version == number) : newest;
        if (shown is null)
        {
            return NoSuchVersion(pipeline, version);
        }

        var answer = PipelineJson.Details(shown);
        answer["newest"] = newest.Version;
        answer["state"] = PipelineJson.Word(newest.State);
        answer["reason"] = newest.Reason;
        answer["versions"] = Answer.List(versions.Take(mostVersions), PipelineJson.Version);
        return answer;
    }

    private static long? VersionOf(HttpRequest request) =>
        long.TryParse(request.Query["version"], NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? version
            : null;

    private static Error NoSuchVersion(PipelineRef pipeline, long? version) =>
        new(ErrorKind.NotFound, "web.no-such-version", $"pipeline {pipeline} has no version {version}");
}
