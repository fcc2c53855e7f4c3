namespace Braid.TrainingJobs.Replicas;

/// <summary>The priority classes that schedulers of GPUs ship.</summary>
public static class PriorityClasses
{
    public const string Default = "train";

    private static readonly Dictionary<string, int> priorities = new(StringComparer.Ordinal)
    {
        ["train"] = 50,
        ["build-preemptible"] = 75,
        ["interactive-preemptible"] = 75,
        ["build"] = 100,
        ["inference"] = 125,
    };

    /// <summary>What is below this can be preempted.</summary>
    public const int FirstNonPreemptible = 100;

    public static IReadOnlyDictionary<string, int> All => priorities;

    /// <summary>Null when nobody ships a class of this name.</summary>
    public static int? PriorityOf(string name) => priorities.TryGetValue(name, out var priority) ? priority : null;
}
