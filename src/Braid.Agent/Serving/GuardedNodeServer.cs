using Braid.Agent.Protocol;
using Braid.Primitives;

namespace Braid.Agent.Serving;

/// <summary>A server in this process whose faults (a database that is away, a full disk) are told as such: they pass.</summary>
/// <param name="failed">Told what it threw.</param>
public sealed class GuardedNodeServer(INodeServer inner, Action<Exception> failed) : INodeServer
{
    public Task<Result<Unit>> RegisterAsync(NodeRegistration registration, CancellationToken ct) =>
        GuardAsync(() => inner.RegisterAsync(registration, ct));

    public Task<Result<NodeOrders>> AskAsync(NodeQuestion question, CancellationToken ct) =>
        GuardAsync(() => inner.AskAsync(question, ct));

    public Task<Result<NodeReportAnswer>> ReportAsync(NodeReport report, CancellationToken ct) =>
        GuardAsync(() => inner.ReportAsync(report, ct));

    public Task<Result<NodeLinesAnswer>> AppendAsync(NodeLines lines, CancellationToken ct) =>
        GuardAsync(() => inner.AppendAsync(lines, ct));

    public Task<Result<NodeUsageAnswer>> MeasureAsync(NodeUsage usage, CancellationToken ct) =>
        GuardAsync(() => inner.MeasureAsync(usage, ct));

    public Task<Result<NodeEventsAnswer>> SendEventsAsync(
        NodeOutput file,
        long offset,
        Stream rest,
        CancellationToken ct
    ) => GuardAsync(() => inner.SendEventsAsync(file, offset, rest, ct));

    public Task<Result<NodeFileAnswer>> SendFileAsync(NodeOutput file, Stream content, CancellationToken ct) =>
        GuardAsync(() => inner.SendFileAsync(file, content, ct));

    private async Task<Result<T>> GuardAsync<T>(Func<Task<Result<T>>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            failed(error);
            return Errors.Failed($"the server failed: {error.Message}");
        }
    }
}
