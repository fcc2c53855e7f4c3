using System.Globalization;

namespace Braid.TrainingJobs.Replicas;

/// <summary>The priorities that have names: the classes that schedulers of GPUs ship (Run:ai's and KAI's).</summary>
public static class PriorityClasses
{
    public const int Train = 50;
    public const int BuildPreemptible = 75;

    /// <summary>From here on work may not be interrupted, unless it says so.</summary>
    public const int Build = 100;
    public const int Inference = 125;

    /// <summary>The class of what names none.</summary>
    public const string Default = "train";

    private static readonly Dictionary<string, int> priorities = new(StringComparer.Ordinal)
    {
        ["train"] = Train,
        ["build-preemptible"] = BuildPreemptible,
        ["interactive-preemptible"] = BuildPreemptible,
        ["build"] = Build,
        ["inference"] = Inference,
    };

    public static IReadOnlyDictionary<string, int> All => priorities;

    /// <summary>Null when nobody ships a class of this name.</summary>
    public static int? PriorityOf(string name) => priorities.TryGetValue(name, out var priority) ? priority : null;

    /// <summary>The priority that a name or a number stands for; null for any other text.</summary>
    public static int? Parse(string text) =>
        PriorityOf(text) ?? (int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : null);
}
