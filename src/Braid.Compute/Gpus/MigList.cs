using System.Globalization;
using System.Text.RegularExpressions;

namespace Braid.Compute.Gpus;

/// <summary>
/// Reads the instances of divided GPUs out of <c>nvidia-smi -L</c>: a line <c>GPU 0: NAME (UUID: GPU-...)</c>, and below it
/// <c>  MIG 1g.10gb Device 0: (UUID: MIG-...)</c> for each instance.
/// </summary>
internal static partial class MigList
{
    private const double gigabyte = 1024 * 1024 * 1024;

    public static IReadOnlyList<Gpu> Parse(string text)
    {
        var instances = new List<Gpu>();
        var (index, name) = (-1, "");
        foreach (var line in text.Split('\n'))
        {
            if (Whole().Match(line) is { Success: true } whole)
            {
                index = int.Parse(whole.Groups["index"].Value, CultureInfo.InvariantCulture);
                name = whole.Groups["name"].Value;
            }
            else if (Instance().Match(line) is { Success: true } instance)
            {
                var profile = instance.Groups["profile"].Value;
                instances.Add(
                    new(instance.Groups["id"].Value, index, name, profile, Memory(instance.Groups["memory"].Value))
                );
            }
        }

        return instances;
    }

    /// <summary>The profile's name says how much memory it has, in whole GiB; the driver gives a little less.</summary>
    private static long Memory(string gigabytes) =>
        double.TryParse(gigabytes, CultureInfo.InvariantCulture, out var number) ? (long)(number * gigabyte) : 0;

    [GeneratedRegex(@"^GPU (?<index>\d+): (?<name>.*) \(UUID: GPU-", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Whole();

    [GeneratedRegex(
        @"^\s+MIG (?<profile>\S*?(?<memory>\d+)gb\S*)\s+Device\s+\d+: \(UUID: (?<id>MIG-[^)]+)\)",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Instance();
}
