using System.Globalization;
using System.Numerics;
using System.Text;

namespace Braid.Scoring.Python;

/// <summary>
/// Reads JSON as Python's <c>json</c> does: integers of any size, <c>NaN</c> and <c>Infinity</c>, the last of equal names, and the same
/// words for what is wrong.
/// </summary>
internal ref struct PythonJson
{
    /// <summary>Python's own stack holds less than a thousand.</summary>
    private const int deepest = 500;

    /// <summary>As many digits as Python makes an integer of.</summary>
    private const int longestInteger = 4300;

    private readonly string text;
    private int at;
    private int depth;

    private PythonJson(string text) => this.text = text;

    /// <exception cref="PythonError">A <c>JSONDecodeError</c>, mostly.</exception>
    public static object? Parse(string text)
    {
        var reader = new PythonJson(text);
        reader.SkipBlanks();
        var value = reader.Value();
        reader.SkipBlanks();
        return reader.at == text.Length ? value : throw reader.Wrong("Extra data", reader.at);
    }

    private readonly char Here => at < text.Length ? text[at] : '\0';

    private object? Value() =>
        Here switch
        {
            '"' => String(),
            '{' => Nested(isObject: true),
            '[' => Nested(isObject: false),
            'n' => Word("null", null),
            't' => Word("true", true),
            'f' => Word("false", false),
            'N' => Word("NaN", double.NaN),
            'I' => Word("Infinity", double.PositiveInfinity),
            '-' when text.AsSpan(at).StartsWith("-I", StringComparison.Ordinal) => Word(
                "-Infinity",
                double.NegativeInfinity
            ),
            _ => Number(),
        };

    private object Nested(bool isObject)
    {
        if (++depth > deepest)
        {
            throw new PythonError("RecursionError", $"nested deeper than {deepest} levels");
        }

        at++;
        SkipBlanks();
        object value = isObject ? Object() : List();
        depth--;
        return value;
    }

    private PyDict Object()
    {
        var map = new PyDict();
        if (Take('}'))
        {
            return map;
        }

        while (true)
        {
            if (Here != '"')
            {
                throw Wrong("Expecting property name enclosed in double quotes", at);
            }

            var name = String();
            SkipBlanks();
            Expect(':');
            SkipBlanks();
            map[name] = Value();
            SkipBlanks();
            if (Take('}'))
            {
                return map;
            }

            Expect(',');
            SkipBlanks();
        }
    }

    private PyList List()
    {
        var list = new PyList();
        if (Take(']'))
        {
            return list;
        }

        while (true)
        {
            list.Add(Value());
            SkipBlanks();
            if (Take(']'))
            {
                return list;
            }

            Expect(',');
            SkipBlanks();
        }
    }

    private string String()
    {
        var start = at++;
        var read = new StringBuilder();
        while (true)
        {
            var run = text.AsSpan(at).IndexOfAny('"', '\\', '\n');
            var control = text.AsSpan(at, run < 0 ? text.Length - at : run).IndexOfAnyInRange('\0', '\u001f');
            if (control >= 0 || (run >= 0 && text[at + run] == '\n'))
            {
                throw Wrong("Invalid control character at", at + (control >= 0 ? control : run));
            }

            if (run < 0)
            {
                throw Wrong("Unterminated string starting at", start);
            }

            read.Append(text, at, run);
            at += run + 1;
            if (text[at - 1] == '"')
            {
                return read.ToString();
            }

            read.Append(Escaped(start));
        }
    }

    private char Escaped(int start)
    {
        if (at == text.Length)
        {
            throw Wrong("Unterminated string starting at", start);
        }

        return text[at++] switch
        {
            '"' => '"',
            '\\' => '\\',
            '/' => '/',
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => Hexadecimal(),
            _ => throw Wrong("Invalid \\escape", at - 2),
        };
    }

    private char Hexadecimal()
    {
        var digits = text.AsSpan(at, Math.Min(4, text.Length - at));
        if (
            digits.Length < 4
            || !ushort.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
        )
        {
            throw Wrong("Invalid \\uXXXX escape", at - 1);
        }

        at += 4;
        return (char)code;
    }

    private object? Word(string word, object? value)
    {
        if (!text.AsSpan(at).StartsWith(word, StringComparison.Ordinal))
        {
            throw Wrong("Expecting value", at);
        }

        at += word.Length;
        return value;
    }

    private object Number()
    {
        var start = at;
        var digits = at + (Here == '-' ? 1 : 0);
        var end = digits < text.Length && text[digits] == '0' ? digits + 1 : SkipDigits(digits);
        if (end == digits)
        {
            throw Wrong("Expecting value", start);
        }

        var whole = end;
        if (end < text.Length && text[end] == '.' && SkipDigits(end + 1) is var fraction && fraction > end + 1)
        {
            end = fraction;
        }

        end = SkipExponent(end);
        at = end;
        var number = text.AsSpan(start, end - start);
        return end == whole ? Integer(number) : double.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    private static object Integer(ReadOnlySpan<char> number) =>
        long.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var small)
            ? (object)small
        : number.Length <= longestInteger
            ? BigInteger.Parse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)
        : throw new PythonError("ValueError", $"an integer of more than {longestInteger} digits");

    private readonly int SkipExponent(int end)
    {
        if (end >= text.Length || text[end] is not ('e' or 'E'))
        {
            return end;
        }

        var digits = end + (end + 1 < text.Length && text[end + 1] is '+' or '-' ? 2 : 1);
        return SkipDigits(digits) is var after && after > digits ? after : end;
    }

    private readonly int SkipDigits(int from)
    {
        while (from < text.Length && char.IsAsciiDigit(text[from]))
        {
            from++;
        }

        return from;
    }

    private void SkipBlanks()
    {
        while (at < text.Length && text[at] is ' ' or '\t' or '\n' or '\r')
        {
            at++;
        }
    }

    private bool Take(char expected)
    {
        if (Here != expected || at == text.Length)
        {
            return false;
        }

        at++;
        return true;
    }

    private void Expect(char expected)
    {
        if (!Take(expected))
        {
            throw Wrong($"Expecting '{expected}' delimiter", at);
        }
    }

    /// <summary>Python counts characters, not halves of them.</summary>
    private readonly PythonError Wrong(string message, int position)
    {
        var before = text.AsSpan(0, position);
        var line = before.Count('\n') + 1;
        var column = Runes(before[(before.LastIndexOf('\n') + 1)..]) + 1;
        return new(
            "JSONDecodeError",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{message}: line {line} column {column} (char {Runes(before)})"
            )
        );
    }

    private static int Runes(ReadOnlySpan<char> text)
    {
        var count = 0;
        foreach (var _ in text.EnumerateRunes())
        {
            count++;
        }

        return count;
    }
}
