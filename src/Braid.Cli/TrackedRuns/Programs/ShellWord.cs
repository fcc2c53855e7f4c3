using System.Buffers;

namespace Braid.Cli.TrackedRuns.Programs;

/// <summary>Text as one word of a shell's.</summary>
internal static class ShellWord
{
    private static readonly SearchValues<char> plain = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_@%+=:,./-"
    );

    /// <summary>In quotes unless no shell reads anything into it.</summary>
    public static string Quoted(string text) =>
        text.Length > 0 && text.AsSpan().IndexOfAnyExcept(plain) < 0
            ? text
            : $"'{text.Replace("'", "'\"'\"'", StringComparison.Ordinal)}'";
}
