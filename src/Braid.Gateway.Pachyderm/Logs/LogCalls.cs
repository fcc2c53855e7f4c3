using Braid.Access.Callers;
using Braid.Gateway.Pachyderm.Calls;
using Braid.Gateway.Pachyderm.Wire;
using Braid.Pipelines;
using Braid.Pipelines.Logs;
using Braid.Protos.Logs;
using LogFilter = Braid.Pipelines.Logs.LogFilter;

namespace Braid.Gateway.Pachyderm.Logs;

/// <summary>The calls that read what jobs wrote.</summary>
internal sealed class LogCalls(JobLogs logs, TimeProvider clock)
{
    private const string pps = "pps_v2.API";

    /// <summary>How far back a client looks that does not say.</summary>
    private static readonly TimeSpan usual = TimeSpan.FromHours(24);

    public void Map(CallTable table)
    {
        table.Stream<Pps.GetLogsRequest, Pps.LogMessage>(pps, "GetLogs", GetAsync);
        table.Stream<GetLogsRequest, GetLogsResponse>("logs.API", "GetLogs", SearchAsync, CallState.Partly);
    }

    private async Task<Result<Answers<Pps.LogMessage>>> GetAsync(
        Caller caller,
        Pps.GetLogsRequest request,
        CancellationToken ct
    )
    {
        if (!ReadFilter(request).TryGet(out var filter, out var error))
        {
            return error;
        }

        var lines = await logs.ReadAsync(caller, filter, ct);
        return lines.Select(all => new Answers<Pps.LogMessage>(all.Select(LogMessages.ToWire)));
    }

    private static Result<LogFilter> ReadFilter(Pps.GetLogsRequest request)
    {
        var job = request.Job ?? request.Datum?.Job;
        if (PipelineOf(request.Pipeline) is { } named && PipelineOf(job?.Pipeline) is { } of && named != of)
        {
            return Errors.JobOfOtherPipeline();
        }

        return new LogFilter
        {
            Pipeline = PipelineOf(request.Pipeline) ?? PipelineOf(job?.Pipeline),
            Job = job is { Id.Length: > 0 } ? job.Id : null,
            Datum = request.Datum is { Id.Length: > 0 } datum ? datum.Id : null,
            Data = request.DataFilters,
            Master = request.Master,
            Follow = request.Follow,
            Tail = request.Tail,
            Since = request.Since?.ToTimeSpan() is { Ticks: > 0 } since ? since : usual,
        };
    }

    private static PipelineRef? PipelineOf(Pps.Pipeline? pipeline) =>
        WireNames.Pipeline(pipeline).TryGet(out var named, out _) ? named : null;

    private async Task<Result<Answers<GetLogsResponse>>> SearchAsync(
        Caller caller,
        GetLogsRequest request,
        CancellationToken ct
    )
    {
        if (!LogQueries.Read(request, clock.GetUtcNow()).TryGet(out var query, out var error))
        {
            return error;
        }

        if (request.Tail)
        {
            return query.ToFilter().TryGet(out var filter, out error)
                ? (await logs.ReadAsync(caller, filter, ct)).Select(all => query.AnswerTail(all))
                : error;
        }

        return (await logs.SearchAsync(caller, query.Search, ct)).Select(all => query.Answer(all, ct));
    }
}
