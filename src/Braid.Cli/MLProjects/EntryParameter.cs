using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Braid.Cli.CommandLine;

namespace Braid.Cli.MLProjects;

/// <summary>What a parameter of an entry point takes.</summary>
/// <param name="Type">
/// <c>path</c>: a file that the command finds on this machine; <c>uri</c>: an address; anything else is passed as it is.
/// </param>
/// <param name="Default">Null: it must be given.</param>
internal sealed record EntryParameter(string Name, string Type, string? Default)
{
    /// <param name="definition">The type alone, or <c>type</c> and <c>default</c>.</param>
    /// <exception cref="FormatException">It is neither.</exception>
    public static EntryParameter Read(string name, JsonNode? definition) =>
        definition switch
        {
            null => new(name, "string", null),
            JsonObject fields => new(name, TextOf(fields["type"]) ?? "string", TextOf(fields["default"])),
            _ => new(name, TextOf(definition) ?? "string", null),
        };

    /// <exception cref="Failure">It is no address.</exception>
    public void Check(string value)
    {
        if (Type == "uri" && !HasScheme(value))
        {
            throw new Failure($"Expected URI for parameter {Name} but got {value}");
        }
    }

    public static bool HasScheme(string value) =>
        value.IndexOf(':', StringComparison.Ordinal) is > 0 and var end
        && char.IsAsciiLetter(value[0])
        && value.AsSpan(0, end).IndexOfAnyExcept(schemeCharacters) < 0;

    private static readonly System.Buffers.SearchValues<char> schemeCharacters = System.Buffers.SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-."
    );

    /// <summary>As Python writes the value: programs log their parameters again in that form.</summary>
    private static string? TextOf(JsonNode? node) =>
        node?.GetValueKind() switch
        {
            null => null,
            JsonValueKind.String => node.GetValue<string>(),
            JsonValueKind.True => "True",
            JsonValueKind.False => "False",
            JsonValueKind.Number => NumberOf(node.AsValue()),
            _ => throw new FormatException("a list or a map where a value should be"),
        };

    private static string NumberOf(JsonValue value)
    {
        if (value.TryGetValue<long>(out var integer))
        {
            return integer.ToString(CultureInfo.InvariantCulture);
        }

        var text = value.GetValue<double>().ToString("R", CultureInfo.InvariantCulture).Replace('E', 'e');
        return text.AsSpan().ContainsAny('.', 'e') ? text : $"{text}.0";
    }
}
