using System.Globalization;
using Braid.TensorBoard.Events;

namespace Braid.Gateway.Web.Events;

/// <summary>Texts as lines of a log, and values as texts.</summary>
internal static class TextLines
{
    private const string suffix = "/text_summary";

    /// <summary>The text under its tag and step; a list line by line, a table with bars between its columns.</summary>
    public static string Of(string key, LoggedText text)
    {
        // PyTorch's writers add this to every tag.
        var name = key.EndsWith(suffix, StringComparison.Ordinal) ? key[..^suffix.Length] : key;
        var columns = text.Shape.Count > 1 ? (int)Math.Max(1, text.Shape[^1]) : 1;
        var rows = text.Texts.Chunk(columns).Select(row => string.Join(" | ", row));
        return $"{name}, step {Names.Number(text.Step)}: {string.Join('\n', rows)}";
    }

    /// <summary>The levels of Python's logging.</summary>
    public static string LevelOf(int level) =>
        level switch
        {
            10 => "DEBUG",
            30 => "WARNING",
            40 => "ERROR",
            50 => "CRITICAL",
            _ => "INFO",
        };

    /// <summary>A value and its type in the words of Python.</summary>
    public static (string Text, string Type) ValueOf(HparamValue value) =>
        value switch
        {
            HparamValue.Number number => (number.Value.ToString("R", CultureInfo.InvariantCulture), "float"),
            HparamValue.Flag flag => (flag.Value ? "True" : "False", "bool"),
            HparamValue.Text text => (text.Value, "str"),
            _ => ("None", "NoneType"),
        };
}
