using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;

namespace Braid.Metadata.Sqlite;

/// <summary>Functions of PostgreSQL that SQLite lacks, under PostgreSQL's names.</summary>
internal static class SqlFunctions
{
    /// <summary>A hostile pattern ends a query after this long rather than a server.</summary>
    private static readonly TimeSpan longest = TimeSpan.FromSeconds(2);

    public static void AddTo(SqliteConnection connection)
    {
        connection.CreateFunction<string?, string, string, bool?>("regexp_like", IsMatch, isDeterministic: true);
        connection.CreateFunction<string?, string?>("md5", Digest, isDeterministic: true);
        connection.CreateFunction<string?, string, string?>("json_text", JsonText.Find, isDeterministic: true);
    }

    private static string? Digest(string? text) =>
        text is null ? null : Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>Flags: <c>i</c> ignores case, <c>c</c> does not. As in PostgreSQL, a dot matches a newline too.</summary>
    private static bool? IsMatch(string? text, string pattern, string flags)
    {
        try
        {
            return text is null ? null : Regex.IsMatch(text, pattern, Options(flags), longest);
        }
        catch (RegexMatchTimeoutException error)
        {
            throw new SqliteException(error.Message, SqliteFaults.Interrupted);
        }
    }

    private static RegexOptions Options(string flags) =>
        RegexOptions.CultureInvariant
        | RegexOptions.Singleline
        | (flags.Contains('i', StringComparison.Ordinal) ? RegexOptions.IgnoreCase : RegexOptions.None);
}
