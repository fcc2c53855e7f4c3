using Braid.Compute.Processes;

namespace Braid.Compute.Sandboxes;

public enum SandboxKind
{
    /// <summary>The first that works: bubblewrap, then unshare.</summary>
    Any,
    Bubblewrap,

    /// <summary>util-linux's <c>unshare</c> and a small shell script.</summary>
    Unshare,
}

/// <summary>How user code is isolated on this machine.</summary>
public sealed record SandboxOptions
{
    public SandboxKind Kind { get; init; }

    /// <summary>Folders that every process sees beyond <c>/usr</c> (a runtime, an application).</summary>
    public IReadOnlyList<Mount> ExtraMounts { get; init; } = [];
}
