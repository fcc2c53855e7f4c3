namespace Braid.Workloads.Kinds;

/// <summary>The priorities that have names (Run:ai's and KAI's).</summary>
public static class PriorityClasses
{
    public const int Train = 50;
    public const int BuildPreemptible = 75;

    /// <summary>From here on work may not be interrupted, unless it says so.</summary>
    public const int Build = 100;
    public const int Inference = 125;

    /// <summary>The priority that a name or a number stands for; null for any other text.</summary>
    public static int? Parse(string text) =>
        text switch
        {
            "train" => Train,
            "build-preemptible" or "interactive-preemptible" => BuildPreemptible,
            "build" => Build,
            "inference" => Inference,
            _ => int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null,
        };
}
