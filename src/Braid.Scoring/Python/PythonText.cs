using System.Globalization;
using System.Numerics;
using System.Text;

namespace Braid.Scoring.Python;

/// <summary>Values and their types as Python writes them in messages.</summary>
internal static class PythonText
{
    private const int fixedDigits = 16;

    /// <summary>The name of a value's class.</summary>
    public static string TypeOf(object? value) =>
        value switch
        {
            null => "NoneType",
            bool => "bool",
            long or BigInteger => "int",
            double => "float",
            string => "str",
            PyList => "list",
            PyDict => "dict",
            _ => throw new ArgumentException($"{value.GetType()} does not come from JSON", nameof(value)),
        };

    /// <summary>What <c>str()</c> makes of it.</summary>
    public static string Str(object? value) => value as string ?? Repr(value);

    /// <summary>What <c>repr()</c> makes of it.</summary>
    public static string Repr(object? value) =>
        value switch
        {
            null => "None",
            bool truth => truth ? "True" : "False",
            long number => number.ToString(CultureInfo.InvariantCulture),
            BigInteger number => number.ToString(CultureInfo.InvariantCulture),
            double number => Float(number),
            string text => Quoted(text, ""),
            PyList list => $"[{string.Join(", ", list.Select(Repr))}]",
            PyDict map => $"{{{string.Join(", ", map.Select(pair => $"{Repr(pair.Key)}: {Repr(pair.Value)}"))}}}",
            _ => throw new ArgumentException($"{value.GetType()} does not come from JSON", nameof(value)),
        };

    /// <summary>A tuple of numbers, as shapes are shown.</summary>
    public static string Tuple(IReadOnlyList<int> items) =>
        items is [var only]
            ? string.Create(CultureInfo.InvariantCulture, $"({only},)")
            : $"({string.Join(", ", items.Select(item => item.ToString(CultureInfo.InvariantCulture)))})";

    /// <summary>Bytes as a literal: <c>b'...'</c>.</summary>
    public static string Bytes(ReadOnlySpan<byte> bytes) => Quoted(Encoding.Latin1.GetString(bytes), "b");

    /// <summary>The shortest digits that read back as the same number, with an exponent where Python has one.</summary>
    public static string Float(double number)
    {
        if (!double.IsFinite(number))
        {
            return double.IsNaN(number) ? "nan"
                : number > 0 ? "inf"
                : "-inf";
        }

        // Digits and exponent of the scientific form, d.ddd x 10^e.
        var text = Math.Abs(number).ToString("E16", CultureInfo.InvariantCulture);
        var shortest = Math.Abs(number).ToString("R", CultureInfo.InvariantCulture);
        var exponent = number == 0 ? 0 : int.Parse(text.AsSpan(text.IndexOf('E') + 1), CultureInfo.InvariantCulture);
        var digits = Digits(shortest);
        var sign = double.IsNegative(number) ? "-" : "";
        return exponent is >= -4 and < fixedDigits
            ? sign + Fixed(digits, exponent)
            : sign + Scientific(digits, exponent);
    }

    private static string Digits(string shortest)
    {
        var mantissa = shortest.Split('E')[0].Replace(".", "", StringComparison.Ordinal).Trim('0');
        return mantissa.Length == 0 ? "0" : mantissa;
    }

    private static string Fixed(string digits, int exponent) =>
        exponent < 0 ? "0." + new string('0', -exponent - 1) + digits
        : digits.Length <= exponent + 1 ? digits.PadRight(exponent + 1, '0') + ".0"
        : digits[..(exponent + 1)] + "." + digits[(exponent + 1)..];

    private static string Scientific(string digits, int exponent)
    {
        var fraction = digits.Length > 1 ? "." + digits[1..] : "";
        var sign = exponent < 0 ? '-' : '+';
        return string.Create(CultureInfo.InvariantCulture, $"{digits[0]}{fraction}e{sign}{Math.Abs(exponent):00}");
    }

    private static string Quoted(string text, string prefix)
    {
        var isText = prefix.Length == 0;
        var quote =
            text.Contains('\'', StringComparison.Ordinal) && !text.Contains('"', StringComparison.Ordinal) ? '"' : '\'';
        var quoted = new StringBuilder(prefix).Append(quote);
        foreach (var c in text)
        {
            quoted.Append(
                c switch
                {
                    '\n' => "\\n",
                    '\r' => "\\r",
                    '\t' => "\\t",
                    '\\' => "\\\\",
                    _ when c == quote => $"\\{c}",
                    < ' ' or '\u007f' => $"\\x{(int)c:x2}",
                    > '\u007f' when !isText => $"\\x{(int)c:x2}",
                    _ => c.ToString(),
                }
            );
        }

        return quoted.Append(quote).ToString();
    }
}
