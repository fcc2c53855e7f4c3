using Braid.Access.Callers;
using Braid.Gateway.Pachyderm.Calls;
using Braid.Gateway.Pachyderm.Wire;
using Braid.Pipelines.Logs;

namespace Braid.Gateway.Pachyderm.Logs;

/// <summary>The call that reads what jobs wrote.</summary>
internal sealed class LogCalls(JobLogs logs)
{
    private const string pps = "pps_v2.API";

    public void Map(CallTable table) => table.Stream<Pps.GetLogsRequest, Pps.LogMessage>(pps, "GetLogs", GetAsync);

    private async Task<Result<Answers<Pps.LogMessage>>> GetAsync(
        Caller caller,
        Pps.GetLogsRequest request,
        CancellationToken ct
    ) =>
        (await logs.ReadAsync(caller, Filter(request), ct)).Select(lines => new Answers<Pps.LogMessage>(
            lines.Select(line => Message(line, request.Master))
        ));

    private static LogFilter Filter(Pps.GetLogsRequest request)
    {
        var job = request.Job ?? request.Datum?.Job;
        var pipeline = WireNames.Pipeline(request.Pipeline ?? job?.Pipeline);
        return new()
        {
            Pipeline = pipeline.IsOk ? pipeline.Value : null,
            Job = job is { Id.Length: > 0 } ? job.Id : null,
            Datum = request.Datum is { Id.Length: > 0 } datum ? datum.Id : null,
            Data = request.DataFilters,
            Master = request.Master,
            Follow = request.Follow,
            Tail = request.Tail,
            Since = request.Since?.ToTimeSpan() is { Ticks: > 0 } since ? since : null,
        };
    }

    private static Pps.LogMessage Message(JobLogLine line, bool master) =>
        new()
        {
            ProjectName = line.Pipeline.Project,
            PipelineName = line.Pipeline.Name,
            JobId = line.Job.ToString(),
            WorkerId = line.Worker,
            DatumId = line.Datum,
            Master = master,
            User = line.User,
            Ts = line.At.ToWire(),
            Message = line.Message,
        };
}
