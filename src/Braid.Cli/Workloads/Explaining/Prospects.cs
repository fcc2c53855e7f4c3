namespace Braid.Cli.Workloads.Explaining;

/// <summary>What follows for a workload, in words.</summary>
internal static class Prospects
{
    /// <summary>To be read after its name.</summary>
    public static string Sentence(string prospect) =>
        prospect switch
        {
            "runs" => "has the places that it must have.",
            "starts" => "starts now.",
            "promised" => "gets places that others are leaving.",
            "displaced" => "gives its places to somebody else, and waits again:",
            _ => "waits:",
        };
}
