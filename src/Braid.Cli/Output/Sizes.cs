using System.Globalization;

namespace Braid.Cli.Output;

/// <summary>Sizes with four significant digits and binary units: <c>57.01KiB</c>.</summary>
internal static class Sizes
{
    private static readonly string[] units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

    public static string Words(long bytes)
    {
        double size = bytes;
        var unit = 0;
        while (size >= 1024 && unit < units.Length - 1)
        {
            size /= 1024;
            unit++;
        }

        return size.ToString("G4", CultureInfo.InvariantCulture) + units[unit];
    }

    /// <summary>A size that may still shrink is marked <c>≤</c>.</summary>
    public static string AtMost(long bytes) => "≤ " + Words(bytes);
}
