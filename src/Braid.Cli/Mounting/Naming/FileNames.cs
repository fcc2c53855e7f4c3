using System.Buffers;
using System.Text;
using Braid.Fuse.Operations;

namespace Braid.Cli.Mounting.Naming;

/// <summary>Which names a file in a repo can have.</summary>
internal static class FileNames
{
    private const int longest = 255;

    /// <summary>The signs of the glob language, which the server refuses in names.</summary>
    private static readonly SearchValues<char> refused = SearchValues.Create("*?[]{}!()@+^");

    /// <summary>Said when a file is made, not when everything is committed.</summary>
    public static Errno Check(string name) =>
        Encoding.UTF8.GetByteCount(name) > longest ? Errno.NameTooLong
        : name.AsSpan().ContainsAny(refused) || name.Any(char.IsControl) ? Errno.Invalid
        : Errno.None;
}
