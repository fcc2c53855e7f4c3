using Braid.Access.Callers;
using Braid.Gateway.Pachyderm.Calls;
using Braid.Gateway.Pachyderm.Filters;
using Braid.Gateway.Pachyderm.Wire;
using Braid.Pipelines.Creation;
using Braid.Pipelines.Tools;

namespace Braid.Gateway.Pachyderm.Pipelines;

/// <summary>The calls about pipelines.</summary>
internal sealed class PipelineCalls(PipelineCatalog pipelines, SandboxedTools tools)
{
    private const string pps = "pps_v2.API";

    public void Map(CallTable table)
    {
        table.Apart<Pps.InspectPipelineRequest, Pps.PipelineInfo>(pps, "InspectPipeline", InspectAsync);
        table.Stream<Pps.ListPipelineRequest, Pps.PipelineInfo>(pps, "ListPipeline", ListAsync);
        table.Unary<Pps.DeletePipelineRequest, Empty>(pps, "DeletePipeline", DeleteAsync);
        table.Unary<Pps.DeletePipelinesRequest, Pps.DeletePipelinesResponse>(pps, "DeletePipelines", DeleteManyAsync);
        table.Unary<Pps.StartPipelineRequest, Empty>(pps, "StartPipeline", StartAsync);
        table.Unary<Pps.StopPipelineRequest, Empty>(pps, "StopPipeline", StopAsync);
        table.Unary<Pps.RerunPipelineRequest, Empty>(pps, "RerunPipeline", RerunAsync);
        table.Unary<Empty, Empty>(
            pps,
            "DeleteAll",
            (caller, _, ct) => pipelines.DeleteAllAsync(caller, [], force: true, keepRepo: false, ct).AsEmptyAsync()
        );
    }

    private async Task<Result<Pps.PipelineInfo>> InspectAsync(
        Caller caller,
        Pps.InspectPipelineRequest request,
        CancellationToken ct
    ) =>
        PipelineNames.Read(request.Pipeline).TryGet(out var named, out var error)
            ? (await pipelines.InspectAsync(caller, named.Pipeline, named.Ancestors, ct)).Select(PipelineMessages.Info)
            : error;

    private async Task<Result<Answers<Pps.PipelineInfo>>> ListAsync(
        Caller caller,
        Pps.ListPipelineRequest request,
        CancellationToken ct
    )
    {
        if (!SetOf(request).TryGet(out var set, out var bad))
        {
            return bad;
        }

        var name = request.Pipeline is { Name.Length: > 0 } one ? one.Name : null;
        List<string> projects = [.. request.Projects.Select(WireNames.Project)];
        if (name is not null && projects.Count == 0)
        {
            projects.Add(WireNames.Project(request.Pipeline?.Project));
        }

        var page = request.Page ?? new();
        var found = set is { } id
            ? await pipelines.ListOfSetAsync(caller, projects, name, id, ct)
            : await pipelines.ListAsync(caller, projects, name, request.History, ct);
        if (!found.TryGet(out var all, out var error))
        {
            return error;
        }

        var infos = all.Select(PipelineMessages.Info).ToAsyncEnumerable();
        return (await tools.ApplyAsync(request.JqFilter, infos, ct)).Select(passed => new Answers<Pps.PipelineInfo>(
            passed.All.Page(page.PageSize, page.PageIndex)
        ));
    }

    private static Result<CommitSetId?> SetOf(Pps.ListPipelineRequest request) =>
        request.CommitSet is { Id.Length: > 0 } set
            ? WireNames.CommitSet(set.Id).Select(id => (CommitSetId?)id)
            : (CommitSetId?)null;

    private async Task<Result<Empty>> DeleteAsync(
        Caller caller,
        Pps.DeletePipelineRequest request,
        CancellationToken ct
    )
    {
        if (request.All)
        {
            return await pipelines.DeleteAllAsync(caller, [], request.Force, request.KeepRepo, ct).AsEmptyAsync();
        }

        if (!WireNames.Pipeline(request.Pipeline).TryGet(out var pipeline, out var error))
        {
            return error;
        }

        var deleted = await pipelines.DeleteAsync(caller, pipeline, request.Force, request.KeepRepo, ct);
        return deleted.Then<Empty>(existed =>
            existed || !request.MustExist ? new Empty() : Errors.PipelineMissing($"{pipeline}")
        );
    }

    private async Task<Result<Pps.DeletePipelinesResponse>> DeleteManyAsync(
        Caller caller,
        Pps.DeletePipelinesRequest request,
        CancellationToken ct
    )
    {
        if (request is { All: false, Projects.Count: 0 })
        {
            return Errors.Missing("projects, or all,");
        }

        IReadOnlyList<string> projects = request.All ? [] : [.. request.Projects.Select(WireNames.Project)];
        var deleted = await pipelines.DeleteAllAsync(caller, projects, request.Force, request.KeepRepo, ct);
        return deleted.Select(all =>
        {
            var response = new Pps.DeletePipelinesResponse();
            response.Pipelines.AddRange(all.Select(WireNames.ToWire));
            return response;
        });
    }

    private async Task<Result<Empty>> StartAsync(
        Caller caller,
        Pps.StartPipelineRequest request,
        CancellationToken ct
    ) =>
        WireNames.Pipeline(request.Pipeline).TryGet(out var pipeline, out var error)
            ? await pipelines.StartAsync(caller, pipeline, ct).AsEmptyAsync()
            : error;

    private async Task<Result<Empty>> StopAsync(Caller caller, Pps.StopPipelineRequest request, CancellationToken ct) =>
        WireNames.Pipeline(request.Pipeline).TryGet(out var pipeline, out var error)
            ? await pipelines.StopAsync(caller, pipeline, ct).AsEmptyAsync()
            : error;

    private async Task<Result<Empty>> RerunAsync(
        Caller caller,
        Pps.RerunPipelineRequest request,
        CancellationToken ct
    ) =>
        WireNames.Pipeline(request.Pipeline).TryGet(out var pipeline, out var error)
            ? await pipelines.RerunAsync(caller, pipeline, request.Reprocess, ct).AsEmptyAsync()
            : error;
}
