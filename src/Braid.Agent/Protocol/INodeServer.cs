using Braid.Primitives;

namespace Braid.Agent.Protocol;

/// <summary>
/// What an agent asks of its server, in the same process or over HTTP. Every call may be repeated. Errors of the kind
/// <see cref="ErrorKind.Unavailable"/> go away by themselves; <see cref="ErrorKind.Conflict"/> means that this is the node's agent no
/// more (it registers again), or that an attempt is over.
/// </summary>
public interface INodeServer
{
    /// <summary>Takes the machine in, or takes it over for a new process of its agent.</summary>
    Task<Result<Unit>> RegisterAsync(NodeRegistration registration, CancellationToken ct);

    /// <summary>All that is to be done on the node; waits a while for it to differ from what the agent knows.</summary>
    Task<Result<NodeOrders>> AskAsync(NodeQuestion question, CancellationToken ct);

    /// <summary>Tells what happened to attempts; the answer names those that are over.</summary>
    Task<Result<NodeReportAnswer>> ReportAsync(NodeReport report, CancellationToken ct);

    /// <summary>Sends lines; the answer says how many of the attempt the server has. <see cref="ErrorKind.Conflict"/>: it is over.</summary>
    Task<Result<NodeLinesAnswer>> AppendAsync(NodeLines lines, CancellationToken ct);

    /// <summary>Tells what attempts use, which becomes part of their runs' series.</summary>
    Task<Result<NodeUsageAnswer>> MeasureAsync(NodeUsage usage, CancellationToken ct);

    /// <summary>Sends what is there of an event file of TensorBoard's; whatever of it the server has already is passed over.</summary>
    /// <param name="offset">Where <paramref name="rest"/> begins in the file.</param>
    Task<Result<NodeEventsAnswer>> SendEventsAsync(NodeOutput file, long offset, Stream rest, CancellationToken ct);

    /// <summary>Sends a file that becomes an artifact of the attempt's run, in place of one of that path.</summary>
    Task<Result<NodeFileAnswer>> SendFileAsync(NodeOutput file, Stream content, CancellationToken ct);
}
