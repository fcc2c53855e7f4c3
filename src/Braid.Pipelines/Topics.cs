using Braid.Primitives;

namespace Braid.Pipelines;

/// <summary>What this module announces when it has committed.</summary>
public static class Topics
{
    /// <summary>Any job was made, or changed its state; any datum ended.</summary>
    public const string Jobs = "jobs";

    /// <summary>A job can be brought on: it was made, an input of it was finished, no datum of it remains, or it ended.</summary>
    internal const string Moves = "jobs/moves";

    /// <summary>A datum can be leased, or one ended, which lets its job use another worker.</summary>
    internal const string Work = "jobs/work";

    /// <summary>A program was made, or has ended.</summary>
    internal const string Programs = "programs";

    /// <summary>A pipeline was made, changed or deleted.</summary>
    public const string Pipelines = "pipelines";

    /// <summary>A job of one commit set changed.</summary>
    public static string JobSet(CommitSetId set) => $"job-set/{set}";
}
