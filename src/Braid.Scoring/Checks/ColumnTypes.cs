using System.Numerics;

namespace Braid.Scoring.Checks;

/// <summary>The type that pandas gives a column of these values.</summary>
internal static class ColumnTypes
{
    public const string Int64 = "int64";
    public const string UInt64 = "uint64";
    public const string Float64 = "float64";
    public const string Bool = "bool";
    public const string Object = "object";

    public static string Of(IReadOnlyList<object?> values)
    {
        var (nulls, truths, integers, reals) = (0, 0, 0, 0);
        BigInteger least = 0;
        BigInteger most = 0;
        foreach (var value in values)
        {
            switch (value)
            {
                case null:
                    nulls++;
                    break;
                case bool:
                    truths++;
                    break;
                case double:
                    reals++;
                    break;
                case long or BigInteger:
                    integers++;
                    var number = value is long small ? small : (BigInteger)value;
                    (least, most) = (BigInteger.Min(least, number), BigInteger.Max(most, number));
                    break;
                default:
                    return Object;
            }
        }

        return truths > 0
            ? truths == values.Count
                ? Bool
                : Object
            : reals > 0 || (integers > 0 && nulls > 0)
                ? Float64
                : integers == 0
                    ? Object
                    : least >= long.MinValue && most <= long.MaxValue
                        ? Int64
                        : least >= 0 && most <= ulong.MaxValue
                            ? UInt64
                            : Object;
    }
}
