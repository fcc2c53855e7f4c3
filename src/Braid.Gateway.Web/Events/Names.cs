using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Braid.Gateway.Web.Events;

/// <summary>What tags are called in a run.</summary>
internal static class Names
{
    private const int longestStem = 80;

    /// <summary>The tag, below its directory unless that is the log directory itself.</summary>
    public static string KeyOf(string directory, string tag) => Storable(directory == "." ? tag : $"{directory}/{tag}");

    /// <summary>No store keeps a NUL.</summary>
    public static string Storable(string text) => text.Replace('\0', '\uFFFD');

    /// <summary>A name of a folder for any key: what is legible of it, and a mark that tells keys apart that look alike then.</summary>
    public static string FolderOf(string key)
    {
        var stem = string.Concat(key.Take(longestStem).Select(Safe));
        var mark = SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 4);
        return $"{stem}-{Convert.ToHexStringLower(mark)}";
    }

    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static char Safe(char letter) =>
        char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' ? letter : '_';
}
