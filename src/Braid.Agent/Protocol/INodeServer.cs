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
}
