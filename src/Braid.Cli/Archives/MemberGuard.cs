using Braid.Cli.CommandLine;

namespace Braid.Cli.Archives;

/// <summary>
/// Decides, member by member, whether an archive may be unpacked: names that stay below the folder, files only, and no more
/// bytes than an honest archive of its size holds.
/// </summary>
/// <param name="archive">What messages call it.</param>
/// <param name="packed">How many bytes of the archive have been read so far.</param>
internal sealed class MemberGuard(string archive, Func<long> packed)
{
    /// <summary>Below this much nothing is suspicious.</summary>
    public const long FreeBytes = 1L << 30;

    /// <summary>Unpacked bytes per packed one. Text packs to a tenth, label masks to a hundredth, bombs to a thousandth.</summary>
    public const long MostRatio = 200;

    private const int mostMembers = 20_000_000;

    private long unpacked;
    private int members;

    /// <summary>The member's path below the folder; null for a directory, which needs no mention.</summary>
    /// <exception cref="Failure">The member is refused.</exception>
    public string? Accept(string name, MemberKind kind)
    {
        if (++members > mostMembers)
        {
            throw new Failure($"{archive}: refused: it has more than {mostMembers} members");
        }

        var path = Below(name);
        return kind switch
        {
            MemberKind.Directory => null,
            MemberKind.File when path.Length == 0 || name.EndsWith('/') => throw Refused(
                name,
                "it is a file without a name"
            ),
            MemberKind.File => path,
            MemberKind.Link => throw Refused(
                name,
                "it is a link; archive what it points to instead (tar --dereference)"
            ),
            _ => throw Refused(name, "it is neither a file nor a directory"),
        };
    }

    /// <summary>Takes note of content that was unpacked.</summary>
    /// <exception cref="Failure">There is far more of it than of the archive.</exception>
    public void Count(string name, long bytes)
    {
        unpacked += bytes;
        if (unpacked > FreeBytes && unpacked / MostRatio > packed())
        {
            throw Refused(
                name,
                $"the archive unpacks to more than {MostRatio} times its size; if that is right, unpack it first and put the folder"
            );
        }
    }

    public Failure Refused(string name, string why) => new($"{archive}: refused {Printable(name)}: {why}");

    private string Below(string name)
    {
        if (name.StartsWith('/') || (name is [var drive, ':', ..] && char.IsAsciiLetter(drive)))
        {
            throw Refused(name, "its path is absolute");
        }

        var segments = name.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (segments.Contains(".."))
        {
            throw Refused(name, "its path leads out of the archive");
        }

        return name.Any(char.IsControl)
            ? throw Refused(name, "its name has control characters")
            : string.Join('/', segments.Where(segment => segment != "."));
    }

    /// <summary>A hostile name must not drive the terminal.</summary>
    private static string Printable(string name) =>
        string.Concat(name.Take(200).Select(c => char.IsControl(c) ? '?' : c));
}
