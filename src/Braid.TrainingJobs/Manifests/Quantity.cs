using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Braid.TrainingJobs.Manifests;

/// <summary>
/// An amount as Kubernetes writes it: <c>500m</c>, <c>2Gi</c>, <c>1e3</c>, <c>0.5</c>. Exact, and written as it was read.
/// </summary>
[JsonConverter(typeof(QuantityConverter))]
public readonly record struct Quantity
{
    private static readonly (string Suffix, decimal Factor)[] suffixes =
    [
        ("Ki", 1024m),
        ("Mi", 1048576m),
        ("Gi", 1073741824m),
        ("Ti", 1099511627776m),
        ("Pi", 1125899906842624m),
        ("Ei", 1152921504606846976m),
        ("n", 1e-9m),
        ("u", 1e-6m),
        ("m", 1e-3m),
        ("k", 1e3m),
        ("M", 1e6m),
        ("G", 1e9m),
        ("T", 1e12m),
        ("P", 1e15m),
        ("E", 1e18m),
    ];

    /// <summary>Kubernetes' own bound: what a signed 64-bit number holds.</summary>
    private const decimal largest = long.MaxValue;

    private readonly string? text;

    private Quantity(string text, decimal value)
    {
        this.text = text;
        Value = value;
    }

    /// <summary>The amount in units: cores, bytes, devices.</summary>
    public decimal Value { get; }

    /// <summary>Whole units, rounded up.</summary>
    public long Units => (long)decimal.Ceiling(Value);

    /// <summary>Thousandths, rounded up.</summary>
    public long Thousandths => (long)decimal.Min(decimal.Ceiling(Value * 1000), long.MaxValue);

    internal static IReadOnlyDictionary<string, Quantity> None { get; } = new Dictionary<string, Quantity>();

    public static Quantity Of(long units) => new(units.ToString(CultureInfo.InvariantCulture), units);

    public static bool TryParse(string? text, out Quantity quantity)
    {
        quantity = default;
        if (text is null || text.Length is 0 or > 64)
        {
            return false;
        }

        var (digits, factor) = Split(text);
        if (
            factor == 0
            || !decimal.TryParse(
                digits,
                NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture,
                out var number
            )
            || Math.Abs(number) > largest / Math.Max(factor, 1)
        )
        {
            return false;
        }

        quantity = new(text, number * factor);
        return true;
    }

    /// <exception cref="FormatException">The text is no quantity.</exception>
    public static Quantity Parse(string text) =>
        TryParse(text, out var quantity) ? quantity : throw new FormatException($"not a quantity: {text}");

    public override string ToString() => text ?? "0";

    private static (string Digits, decimal Factor) Split(string text)
    {
        foreach (var (suffix, factor) in suffixes)
        {
            if (text.EndsWith(suffix, StringComparison.Ordinal))
            {
                return (text[..^suffix.Length], factor);
            }
        }

        var exponent = text.IndexOfAny(['e', 'E']);
        return exponent < 0 ? (text, 1) : (text[..exponent], PowerOfTen(text.AsSpan(exponent + 1)));
    }

    /// <summary>0 when the text is no exponent that an amount can have.</summary>
    private static decimal PowerOfTen(ReadOnlySpan<char> text)
    {
        if (
            !int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent)
            || exponent is < -18 or > 18
        )
        {
            return 0;
        }

        var power = 1m;
        for (var i = 0; i < Math.Abs(exponent); i++)
        {
            power = exponent > 0 ? power * 10 : power / 10;
        }

        return power;
    }
}

/// <summary>Texts and numbers, as Kubernetes takes both.</summary>
internal sealed class QuantityConverter : JsonConverter<Quantity>
{
    public override Quantity Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString(),
            JsonTokenType.Number => System.Text.Encoding.UTF8.GetString(reader.ValueSpan),
            _ => null,
        };
        return Quantity.TryParse(text, out var quantity) ? quantity : throw new JsonException("not a quantity");
    }

    public override void Write(Utf8JsonWriter writer, Quantity value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
