using Braid.Access.Callers;
using Braid.Agent.Protocol;
using Braid.Primitives;
using Braid.Tracking.Series;
using Braid.Workloads.Desks;

namespace Braid.Gateway.Web.Agents;

/// <summary>Where what attempts use and leave becomes part of their runs.</summary>
/// <param name="events">Reads bytes of one of TensorBoard's event files, from an offset on, into a run; answers which byte is wanted next.</param>
/// <param name="keep">Keeps the bytes as a run's artifact of this path; answers how many they are.</param>
public sealed class AttemptOutputs(
    Series series,
    Func<Caller, RunId, string, long, Stream, CancellationToken, Task<Result<long>>> events,
    Func<Caller, RunId, string, Stream, CancellationToken, Task<Result<long>>> keep
)
{
    private const string process = ":monitor:process";
    private const double gib = 1 << 30;

    public Task<Result<Unit>> MeasureAsync(AttemptWriter writer, AttemptUsage usage, CancellationToken ct)
    {
        var at = usage.At.ToUnixTimeMilliseconds();
        return series.AppendAsync(
            writer.Caller,
            writer.Run,
            [
                new(process, $"{writer.Folder}cpu_usage", usage.Second, at, usage.CpuPercent),
                new(process, $"{writer.Folder}memory_used_gb", usage.Second, at, usage.MemoryBytes / gib),
            ],
            ct
        );
    }

    /// <returns>Which byte is wanted next.</returns>
    public Task<Result<long>> TakeEventsAsync(
        AttemptWriter writer,
        string path,
        long offset,
        Stream rest,
        CancellationToken ct
    ) => events(writer.Caller, writer.Run, writer.Folder + path, offset, rest, ct);

    /// <returns>Its size in bytes.</returns>
    public Task<Result<long>> KeepAsync(AttemptWriter writer, string path, Stream content, CancellationToken ct) =>
        keep(writer.Caller, writer.Run, writer.Folder + path, content, ct);
}
