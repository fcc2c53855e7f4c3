using System.Security.Cryptography;
using System.Text;

namespace Braid.Cli.Transfers;

/// <summary>
/// Where a file's bytes are while they come: beside the file, under a name of their own. What is complete takes the file's
/// name in one step; what was interrupted is found again.
/// </summary>
internal static class PartFile
{
    private const string suffix = ".braid-part";

    /// <summary>Bytes that a name may have on the file systems of Linux.</summary>
    private const int longestName = 255;

    public static string Of(string path)
    {
        var folder = Path.GetDirectoryName(path) ?? "/";
        var name = Path.GetFileName(path);
        var part = $".{name}{suffix}";
        if (Encoding.UTF8.GetByteCount(part) > longestName)
        {
            part = $".{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))}{suffix}";
        }

        return Path.Combine(folder, part);
    }

    /// <summary>Gives what is complete the file's name.</summary>
    public static void Complete(string path) => File.Move(Of(path), path, overwrite: true);
}
