using System.Text;
using Braid.Primitives;

namespace Braid.Data.Content;

/// <summary>The tag by which a writer tells its files from those of others that write to the same commit.</summary>
internal static class DatumTag
{
    /// <summary>Who writes where nobody says; the same as no tag.</summary>
    public const string Usual = "default";

    private const int mostBytes = 1024;

    /// <summary>As edits keep it: empty for the usual one.</summary>
    public static Result<string> Parse(string text) =>
        Encoding.UTF8.GetByteCount(text) is var bytes and > mostBytes ? Errors.DatumTagTooLong(bytes, mostBytes)
        : text == Usual ? ""
        : text;

    public static string Of(FileEdit edit) => edit.Datum.Length == 0 ? Usual : edit.Datum;
}
