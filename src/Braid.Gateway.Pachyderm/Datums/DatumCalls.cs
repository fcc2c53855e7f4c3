using Braid.Access.Callers;
using Braid.Data.Naming;
using Braid.Gateway.Pachyderm.Calls;
using Braid.Gateway.Pachyderm.Pipelines;
using Braid.Gateway.Pachyderm.Wire;
using Braid.Pipelines.Datums;

namespace Braid.Gateway.Pachyderm.Datums;

/// <summary>The calls about datums.</summary>
internal sealed class DatumCalls(DatumCatalog datums)
{
    private const string pps = "pps_v2.API";

    public void Map(CallTable table)
    {
        table.Apart<Pps.InspectDatumRequest, Pps.DatumInfo>(pps, "InspectDatum", InspectAsync);
        table.Stream<Pps.ListDatumRequest, Pps.DatumInfo>(pps, "ListDatum", ListAsync);
        table.Unary<Pps.RestartDatumRequest, Empty>(pps, "RestartDatum", RestartAsync);
    }

    private async Task<Result<Pps.DatumInfo>> InspectAsync(
        Caller caller,
        Pps.InspectDatumRequest request,
        CancellationToken ct
    )
    {
        var (job, id) = (request.Datum?.Job, request.Datum?.Id ?? "");
        return WireNames.Pipeline(job?.Pipeline).TryGet(out var pipeline, out var error)
            ? (await datums.InspectAsync(caller, pipeline, job?.Id ?? "", id, ct)).Select(datum =>
                DatumMessages.Info(pipeline, datum)
            )
            : error;
    }

    private Task<Result<Answers<Pps.DatumInfo>>> ListAsync(
        Caller caller,
        Pps.ListDatumRequest request,
        CancellationToken ct
    ) => request.Job is null ? PreviewAsync(caller, request, ct) : ListOfJobAsync(caller, request, ct);

    private async Task<Result<Answers<Pps.DatumInfo>>> ListOfJobAsync(
        Caller caller,
        Pps.ListDatumRequest request,
        CancellationToken ct
    )
    {
        if (request is { Reverse: true, Number: <= 0 })
        {
            return Errors.ReverseNeedsNumber();
        }

        if (!WireNames.Pipeline(request.Job.Pipeline).TryGet(out var pipeline, out var error))
        {
            return error;
        }

        List<DatumState> states = [.. request.Filter?.State.Select(DatumMessages.State).OfType<DatumState>() ?? []];
        var found = await datums.ListAsync(caller, pipeline, request.Job.Id, states, ct);
        return found.Select(all => new Answers<Pps.DatumInfo>(
            Page(all, request).Select(datum => DatumMessages.Info(pipeline, datum))
        ));
    }

    private async Task<Result<Answers<Pps.DatumInfo>>> PreviewAsync(
        Caller caller,
        Pps.ListDatumRequest request,
        CancellationToken ct
    )
    {
        if (!SpecMessages.ReadInput(request.Input, RepoName.DefaultProject).TryGet(out var input, out var error))
        {
            return error;
        }

        var found = await datums.PreviewAsync(caller, input, ct);
        return found.Select(all => new Answers<Pps.DatumInfo>(
            Page(all, request).Select(datum => DatumMessages.Info(null, datum))
        ));
    }

    private async Task<Result<Empty>> RestartAsync(
        Caller caller,
        Pps.RestartDatumRequest request,
        CancellationToken ct
    ) =>
        WireNames.Pipeline(request.Job?.Pipeline).TryGet(out var pipeline, out var error)
            ? await datums.RestartAsync(caller, pipeline, request.Job?.Id ?? "", request.DataFilters, ct).AsEmptyAsync()
            : error;

    /// <summary>The datums after the marker, an id, in the order asked for.</summary>
    private static IEnumerable<Datum> Page(IReadOnlyList<Datum> all, Pps.ListDatumRequest request)
    {
        var ordered = request.Reverse ? all.Reverse() : all;
        var after = request.PaginationMarker is { Length: > 0 } marker
            ? ordered.SkipWhile(datum => datum.Id != marker).Skip(1)
            : ordered;
        return after.Page(request.Number, index: 0);
    }
}
