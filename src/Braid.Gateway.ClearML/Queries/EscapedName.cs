using System.Text;

namespace Braid.Gateway.ClearML.Queries;

/// <summary>
/// One name inside a dotted path. What means something in a path or to the protocol's document store arrives escaped:
/// <c>.</c> as <c>%2E</c>, <c>$</c> as <c>%24</c>, an underscore that leads or is doubled as <c>%_</c>, <c>%</c> as <c>%%</c>.
/// </summary>
internal static class EscapedName
{
    private static readonly (string Escaped, char Plain)[] escapes =
    [
        ("%%", '%'),
        ("%_", '_'),
        ("%2E", '.'),
        ("%24", '$'),
    ];

    /// <summary>The name; a percent sign that escapes nothing stands for itself.</summary>
    public static string Read(string name)
    {
        if (!name.Contains('%'))
        {
            return name;
        }

        var plain = new StringBuilder();
        for (var rest = name.AsSpan(); !rest.IsEmpty; )
        {
            var (letter, length) = First(rest);
            plain.Append(letter);
            rest = rest[length..];
        }

        return plain.ToString();
    }

    private static (char Letter, int Length) First(ReadOnlySpan<char> text)
    {
        foreach (var (escaped, plain) in escapes)
        {
            if (text.StartsWith(escaped, StringComparison.OrdinalIgnoreCase))
            {
                return (plain, escaped.Length);
            }
        }

        return (text[0], 1);
    }
}
