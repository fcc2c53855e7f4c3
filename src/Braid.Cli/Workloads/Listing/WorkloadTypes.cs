using Braid.Cli.CommandLine;

namespace Braid.Cli.Workloads.Listing;

/// <summary>Kinds of work, in Run:ai's words.</summary>
internal static class WorkloadTypes
{
    public static string Of(string kind) =>
        kind switch
        {
            "train" => "Train",
            "interactive" => "Interactive",
            "inference" => "Inference",
            _ => "Distributed",
        };

    /// <summary>The kind that a type of v1 or v2 is.</summary>
    /// <exception cref="Failure">There is no such type.</exception>
    public static string KindOf(string type) =>
        type.ToLowerInvariant() switch
        {
            "train" or "training" => "train",
            "interactive" or "workspace" => "interactive",
            "inference" => "inference",
            "distributed" => "training_job",
            _ => throw new Failure($"there is no type \"{type}\": it is Train, Interactive, Inference or Distributed"),
        };

    /// <summary>Distributed jobs are trainings, too. Nothing for all.</summary>
    public static string WithJobs(string? kind) => kind == "train" ? "train,training_job" : kind ?? "";
}
