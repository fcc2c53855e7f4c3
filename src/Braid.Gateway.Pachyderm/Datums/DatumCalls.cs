using Braid.Access.Callers;
using Braid.Data.Naming;
using Braid.Gateway.Pachyderm.Calls;
using Braid.Gateway.Pachyderm.Pipelines;
using Braid.Gateway.Pachyderm.Wire;
using Braid.Grpc.Hosting.Calls;
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
        table.Dialogue<Pps.CreateDatumRequest, Pps.DatumInfo>(pps, "CreateDatum", CreateAsync);
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

        if (!DatumQueries.Read(request).TryGet(out var query, out error))
        {
            return error;
        }

        var found = await datums.ListAsync(caller, pipeline, request.Job.Id, query, ct);
        return found.Select(all => new Answers<Pps.DatumInfo>(
            all.AtMost(request.Number).Select(datum => DatumMessages.Info(pipeline, datum))
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
            After(all, request.PaginationMarker).AtMost(request.Number).Select(datum => DatumMessages.Info(null, datum))
        ));
    }

    /// <summary>Previews an input in pieces: each request says how many datums it wants next.</summary>
    private async Task<Result<Unit>> CreateAsync(
        Caller caller,
        RequestReader<Pps.CreateDatumRequest> requests,
        ResponseWriter<Pps.DatumInfo> output,
        CancellationToken ct
    )
    {
        if ((await requests.ReadAsync(ct))?.Start is not { } start)
        {
            return Errors.FirstMessageMustBeStart();
        }

        if (!SpecMessages.ReadInput(start.Input, RepoName.DefaultProject).TryGet(out var input, out var error))
        {
            return error;
        }

        if (!(await datums.PreviewAsync(caller, input, ct)).TryGet(out var found, out error))
        {
            return error;
        }

        await using var all = found.GetAsyncEnumerator(ct);
        for (long wanted = start.Number; ; )
        {
            for (; wanted > 0; wanted--)
            {
                if (!await all.MoveNextAsync())
                {
                    return Unit.Value;
                }

                await output.WriteAsync(DatumMessages.Info(null, all.Current), ct);
            }

            if (await requests.ReadAsync(ct) is not { } next)
            {
                return Unit.Value;
            }

            if (next.Continue is null)
            {
                return Errors.StartedTwice();
            }

            wanted = next.Continue.Number;
        }
    }

    private async Task<Result<Empty>> RestartAsync(
        Caller caller,
        Pps.RestartDatumRequest request,
        CancellationToken ct
    ) =>
        WireNames.Pipeline(request.Job?.Pipeline).TryGet(out var pipeline, out var error)
            ? await datums.RestartAsync(caller, pipeline, request.Job?.Id ?? "", request.DataFilters, ct).AsEmptyAsync()
            : error;

    /// <summary>A preview is in the order of its input; the marker is the id of the last datum seen.</summary>
    private static IAsyncEnumerable<Datum> After(IAsyncEnumerable<Datum> all, string marker) =>
        marker.Length > 0 ? all.SkipWhile(datum => datum.Id != marker).Skip(1) : all;
}
