using System.Globalization;

namespace Braid.Cli.Workloads.Listing;

/// <summary>Amounts in the cells of tables.</summary>
internal static class Amounts
{
    private const double gibibyte = 1L << 30;

    /// <summary>Devices or processors: <c>1</c>, <c>0.5</c>.</summary>
    public static string Number(double amount) => amount.ToString("0.##", CultureInfo.InvariantCulture);

    public static string Cores(long millicores) => Number(millicores / 1000.0);

    public static string Memory(double bytes) => $"{Number(bytes / gibibyte)}Gi";

    /// <summary>What a share may have: -1 is any amount.</summary>
    public static string Term(double? amount, Func<double, string> text) =>
        amount switch
        {
            null => "-",
            -1 => "unlimited",
            _ => text(amount.Value),
        };
}
