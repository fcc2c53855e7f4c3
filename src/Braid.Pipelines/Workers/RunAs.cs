using Braid.Compute.Processes;
using Braid.Compute.Users;
using Braid.Pipelines.Specs;
using Braid.Primitives;

namespace Braid.Pipelines.Workers;

/// <summary>Whom the program of a spec runs as (null: the server's user), and within which limits.</summary>
internal sealed record RunAs(UserAccount? User, ResourceLimits Limits)
{
    /// <summary>Refused when the user is not there.</summary>
    public static Result<RunAs> Of(PipelineSpec spec)
    {
        UserAccount? user = null;
        if (spec.Transform.User is { Length: > 0 } name && !UserAccount.Resolve(name).TryGet(out user, out var unknown))
        {
            return unknown;
        }

        var limits = spec.ResourceLimits;
        return new RunAs(
            user,
            new() { MemoryBytes = limits?.MemoryBytes, Cpu = limits is { Cpu: > 0 } ? limits.Cpu : null }
        );
    }
}
