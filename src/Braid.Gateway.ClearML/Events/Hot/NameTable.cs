using System.Text.Json;

namespace Braid.Gateway.ClearML.Events.Hot;

/// <summary>The texts of a batch, each made once however often it is read: a thousand events name a handful of metrics.</summary>
internal sealed class NameTable
{
    /// <summary>Longer texts, in bytes, are made each time.</summary>
    private const int longest = 256;

    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> byText;

    public NameTable() => byText = names.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The text that the reader stands at.</summary>
    /// <exception cref="InvalidOperationException">It is no valid text, or has a NUL in it.</exception>
    public string Read(ref Utf8JsonReader reader)
    {
        if (reader.ValueSpan.Length > longest)
        {
            return Checked(reader.GetString() ?? "");
        }

        Span<char> text = stackalloc char[longest];
        var name = text[..reader.CopyString(text)];
        if (!byText.TryGetValue(name, out var known))
        {
            known = Checked(name.ToString());
            names.Add(known);
        }

        return known;
    }

    private static string Checked(string name) =>
        name.Contains('\0', StringComparison.Ordinal) ? throw new InvalidOperationException("a NUL in a name") : name;
}
