using Braid.Agent.Protocol;
using Braid.Agent.Serving;
using Braid.Compute.Executors;
using Braid.Primitives;

namespace Braid.Agent.Attempts;

/// <summary>What all attempts of an agent work with.</summary>
internal sealed record AttemptParts(
    AgentOptions Options,
    string Epoch,
    INodeServer Server,
    IExecutor Executor,
    Persistence Persistence,
    TimeProvider Clock
)
{
    public Task<Result<NodeReportAnswer>> TellAsync(AttemptNews news, CancellationToken ct) =>
        Persistence.AskAsync(token => Server.ReportAsync(new(Options.Node, Epoch, [news]), token), ct);
}
