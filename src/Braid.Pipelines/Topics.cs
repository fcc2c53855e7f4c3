using Braid.Primitives;

namespace Braid.Pipelines;

/// <summary>What this module announces when it has committed.</summary>
public static class Topics
{
    /// <summary>Any job was made, or changed its state; any datum ended.</summary>
    public const string Jobs = "jobs";

    /// <summary>A datum can be leased.</summary>
    internal const string Work = "jobs/work";

    /// <summary>A pipeline was made, changed or deleted.</summary>
    public const string Pipelines = "pipelines";

    /// <summary>A job of one commit set changed.</summary>
    public static string JobSet(CommitSetId set) => $"job-set/{set}";
}
