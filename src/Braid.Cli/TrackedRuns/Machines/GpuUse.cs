using System.Globalization;

namespace Braid.Cli.TrackedRuns.Machines;

/// <summary>What graphics processors do, by NVIDIA's own program; nothing where it is not installed.</summary>
internal static class GpuUse
{
    private static readonly string[] fields =
    [
        "utilization.gpu",
        "utilization.memory",
        "memory.used",
        "memory.free",
        "temperature.gpu",
        "power.draw",
    ];

    private static readonly TimeSpan longest = TimeSpan.FromSeconds(5);
    private static bool isMissing;

    public static async Task<IReadOnlyList<(string Series, double Value)>> NowAsync(CancellationToken ct)
    {
        if (isMissing)
        {
            return [];
        }

        string[] words = [$"--query-gpu={string.Join(',', fields)}", "--format=csv,noheader,nounits"];
        var answer = await ShortProgram.AskAsync("nvidia-smi", words, longest, ct);
        isMissing = answer is null;
        return Read(answer ?? "");
    }

    /// <summary>A line for each processor; a value that it does not have is words.</summary>
    public static IReadOnlyList<(string Series, double Value)> Read(string text)
    {
        string[] names = ["utilization", "mem_usage", "mem_used_gb", "mem_free_gb", "temperature", "power_watts"];
        var found = new List<(string, double)>();
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        for (var gpu = 0; gpu < lines.Length; gpu++)
        {
            var values = lines[gpu].Split(',', StringSplitOptions.TrimEntries);
            for (var i = 0; i < Math.Min(values.Length, names.Length); i++)
            {
                if (double.TryParse(values[i], CultureInfo.InvariantCulture, out var value))
                {
                    found.Add(
                        (
                            $"gpu_{gpu}_{names[i]}",
                            names[i].EndsWith("_gb", StringComparison.Ordinal) ? value / 1024 : value
                        )
                    );
                }
            }
        }

        return found;
    }
}
