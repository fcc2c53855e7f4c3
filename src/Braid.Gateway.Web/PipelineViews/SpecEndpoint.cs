using System.Text.Json.Nodes;
using Braid.Access.Callers;
using Braid.Gateway.Web.Login;
using Braid.Pipelines;
using Braid.Pipelines.Creation;
using Braid.Pipelines.Specs;
using Braid.Primitives;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.PipelineViews;

/// <summary>
/// <c>PUT /api/pipelines</c>: makes a pipeline of a spec, or its next version:
/// <c>{"spec": {...}, "update": true, "reprocess": false, "dryRun": false}</c>. A dry run answers as if it had, and has changed nothing.
/// </summary>
internal sealed class SpecEndpoint(PipelinesHost pipelines, BrowserSession session)
{
    public Task AnswerAsync(HttpContext context) =>
        PipelineAnswer.ChangeAsync(session, context, (caller, _, body, ct) => PutAsync(caller, body, ct));

    private async Task<Result<JsonObject>> PutAsync(Caller caller, JsonObject body, CancellationToken ct)
    {
        if (body["spec"] is not JsonObject json)
        {
            return NoSpec();
        }

        if (!(await pipelines.Defaults.ApplyAsync(json.ToJsonString(), ct)).TryGet(out var spec, out var error))
        {
            return error;
        }

        if (!(await pipelines.Pipelines.StoreAsync(caller, spec, ct)).TryGet(out var stored, out error))
        {
            return error;
        }

        using (stored)
        {
            return (await WriteAsync(caller, stored, body, ct)).Select(version => Write(version, spec));
        }
    }

    private Task<Result<PipelineVersion>> WriteAsync(
        Caller caller,
        StoredSpec spec,
        JsonObject body,
        CancellationToken ct
    )
    {
        var (update, reprocess) = (body.Says("update"), body.Says("reprocess"));
        return body.Says("dryRun")
            ? pipelines.Pipelines.RehearseAsync(caller, spec, update, reprocess, ct)
            : pipelines.Pipelines.CreateOrUpdateAsync(caller, spec, update, reprocess, ct);
    }

    private static JsonObject Write(PipelineVersion version, PipelineSpec spec) =>
        new()
        {
            ["project"] = version.Pipeline.Project,
            ["name"] = version.Pipeline.Name,
            ["version"] = version.Version,
            ["warnings"] = Answer.List(spec.Warnings, warning => warning),
        };

    private static Error NoSpec() =>
        new(ErrorKind.InvalidArgument, "web.no-spec", "there is no spec: send it as the object \"spec\"");
}
