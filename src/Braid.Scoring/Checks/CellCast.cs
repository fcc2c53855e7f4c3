using System.Globalization;
using System.Numerics;
using System.Text;
using Braid.Scoring.Python;

namespace Braid.Scoring.Checks;

/// <summary>One value as another type, the way numpy and pandas convert it.</summary>
internal static class CellCast
{
    /// <summary>
    /// Numbers lose their fraction, texts are read. What does not fit is refused: numpy would keep its lowest bits.
    /// </summary>
    /// <param name="bits">Of the integer; 8 to 64.</param>
    /// <exception cref="PythonError">It is no integer.</exception>
    public static object Integer(object? value, int bits, bool isSigned = true)
    {
        var number = value switch
        {
            bool truth => truth ? 1 : 0,
            long integer => integer,
            BigInteger integer => integer,
            double.NaN => throw new PythonError("ValueError", "cannot convert float NaN to integer"),
            double real when double.IsInfinity(real) => throw new PythonError(
                "OverflowError",
                "cannot convert float infinity to integer"
            ),
            double real => new BigInteger(real),
            string text => ReadInteger(text),
            PyList => throw Sequence(),
            _ => throw new PythonError(
                "TypeError",
                $"int() argument must be a string, a bytes-like object or a real number, not '{PythonText.TypeOf(value)}'"
            ),
        };
        var (least, most) = isSigned
            ? (-BigInteger.Pow(2, bits - 1), BigInteger.Pow(2, bits - 1) - 1)
            : (BigInteger.Zero, BigInteger.Pow(2, bits) - 1);
        return number < least || number > most
                ? throw new PythonError(
                    "OverflowError",
                    number > long.MaxValue || number < long.MinValue
                        ? "Python int too large to convert to C long"
                        : $"{number} does not fit into {(isSigned ? "" : "u")}int{bits}"
                )
            : number <= long.MaxValue ? (object)(long)number
            : number;
    }

    /// <exception cref="PythonError">It is no number.</exception>
    public static double Double(object? value) =>
        value switch
        {
            null => double.NaN,
            bool truth => truth ? 1 : 0,
            long integer => integer,
            BigInteger integer => (double)integer,
            double real => real,
            string text => ReadDouble(text),
            PyList => throw Sequence(),
            _ => throw new PythonError(
                "TypeError",
                $"float() argument must be a string or a real number, not '{PythonText.TypeOf(value)}'"
            ),
        };

    /// <summary>Rounded to the nearest of half as many bits.</summary>
    /// <inheritdoc cref="Double"/>
    public static double Single(object? value) => (float)Double(value);

    /// <summary>What Python takes for true.</summary>
    public static bool Boolean(object? value) =>
        value switch
        {
            null => false,
            bool truth => truth,
            long number => number != 0,
            double number => number != 0,
            string text => text.Length > 0,
            PyList list => list.Count > 0,
            PyDict map => map.Count > 0,
            _ => true,
        };

    /// <summary>Base64, as Python reads it: what is no digit of it is passed over. It stays text here.</summary>
    /// <exception cref="PythonError">It is not base64.</exception>
    public static string Base64(object? value)
    {
        if (value is not string text)
        {
            throw new PythonError("TypeError", "encoding without a string argument");
        }

        var digits = new string([.. text.Where(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '/' or '=')]);
        var count = digits.TrimEnd('=').Length;
        return count % 4 == 1
                ? throw new PythonError(
                    "Error",
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Invalid base64-encoded string: number of data characters ({count}) cannot be 1 more than a multiple of 4"
                    )
                )
            : digits.Length < (count + 3) / 4 * 4 ? throw new PythonError("Error", "Incorrect padding")
            : digits;
    }

    /// <summary>The text's own bytes, as base64.</summary>
    public static string Bytes(object? value) => Convert.ToBase64String(Encoding.UTF8.GetBytes(PythonText.Str(value)));

    private static BigInteger ReadInteger(string text)
    {
        var digits = text.Trim().Replace("_", "", StringComparison.Ordinal);
        return
            digits.Length <= 4300
            && BigInteger.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new PythonError("ValueError", $"invalid literal for int() with base 10: {PythonText.Repr(text)}");
    }

    private static double ReadDouble(string text)
    {
        var digits = text.Trim();
        return digits.TrimStart('+', '-').ToLowerInvariant() switch
        {
            "inf" or "infinity" => digits[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity,
            "nan" => double.NaN,
            var plain
                when plain is not [] and not ['∞', ..]
                    && double.TryParse(
                        digits,
                        NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
                        CultureInfo.InvariantCulture,
                        out var number
                    ) => number,
            _ => throw new PythonError("ValueError", $"could not convert string to float: {PythonText.Repr(text)}"),
        };
    }

    private static PythonError Sequence() => new("ValueError", "setting an array element with a sequence.");
}
