using System.Globalization;
using Braid.Cli.CommandLine;

namespace Braid.Cli.Workloads;

/// <summary>Amounts of processors, memory and devices as Kubernetes and Run:ai write them.</summary>
internal static class Quantities
{
    private const double unlimited = -1;

    private static readonly Dictionary<string, double> units = new(StringComparer.Ordinal)
    {
        [""] = 1,
        ["k"] = 1e3,
        ["M"] = 1e6,
        ["G"] = 1e9,
        ["T"] = 1e12,
        ["P"] = 1e15,
        ["Ki"] = 1L << 10,
        ["Mi"] = 1L << 20,
        ["Gi"] = 1L << 30,
        ["Ti"] = 1L << 40,
        ["Pi"] = 1L << 50,
    };

    /// <summary>Thousandths of a processor, of <c>0.5</c>, <c>500m</c>, <c>2</c>.</summary>
    /// <exception cref="Failure">It is none.</exception>
    public static long? Millicores(Invocation call, Flag flag) => Whole(call, flag, MillicoresOf);

    /// <summary>Bytes, of <c>1G</c>, <c>512Mi</c>, <c>1000</c>.</summary>
    /// <exception cref="Failure">It is none.</exception>
    public static long? Bytes(Invocation call, Flag flag) => Whole(call, flag, BytesOf);

    public static double? Devices(Invocation call, Flag flag) => Of(call, flag, NumberOf);

    /// <summary>The same for terms, where -1 and <c>unlimited</c> are any amount.</summary>
    public static double? MillicoreTerms(Invocation call, Flag flag) => Terms(call, flag, MillicoresOf);

    /// <summary>The same for terms, where -1 and <c>unlimited</c> are any amount.</summary>
    public static double? ByteTerms(Invocation call, Flag flag) => Terms(call, flag, BytesOf);

    /// <summary>The same for terms, where -1 and <c>unlimited</c> are any amount.</summary>
    public static double? DeviceTerms(Invocation call, Flag flag) => Terms(call, flag, NumberOf);

    private static long? Whole(Invocation call, Flag flag, Func<string, double?> read) =>
        Of(call, flag, read) is { } amount ? (long)Math.Ceiling(amount) : null;

    private static double? Terms(Invocation call, Flag flag, Func<string, double?> read) =>
        Of(call, flag, text => text is "-1" or "unlimited" ? unlimited : read(text));

    private static double? Of(Invocation call, Flag flag, Func<string, double?> read) =>
        call.Text(flag) is not { } text ? null
        : read(text) is { } amount ? amount
        : throw new Failure($"invalid argument \"{text}\" for --{flag.Name}: not an amount");

    private static double? MillicoresOf(string text) =>
        text.EndsWith('m') ? NumberOf(text[..^1])
        : NumberOf(text) is { } cores ? Math.Round(cores * 1000, 6)
        : null;

    private static double? BytesOf(string text)
    {
        var digits = text.TrimEnd([.. "kKMGTPi"]);
        return units.TryGetValue(text[digits.Length..], out var unit) && NumberOf(digits) is { } number
            ? number * unit
            : null;
    }

    private static double? NumberOf(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
