using Braid.Agent.Protocol;
using Braid.Primitives;

namespace Braid.Agent.Serving;

/// <summary>A server in this process whose faults (a database that is away, a full disk) are told as an outage: they pass.</summary>
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

    private async Task<Result<T>> GuardAsync<T>(Func<Task<Result<T>>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            failed(error);
            return Errors.NoAnswer("the server", error.Message);
        }
    }
}
