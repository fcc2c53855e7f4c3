using System.Text;
using Braid.Cli.CommandLine;

namespace Braid.Cli.Exports;

/// <summary>
/// Which names of a repo the file system of a folder can hold. What it takes is tried out there: a stick or a share may know
/// neither colons nor the difference between capitals and small letters.
/// </summary>
internal sealed class LocalNames
{
    private const int longestName = 255;
    private const int longestPath = 4095;
    private const int mostNamed = 20;

    /// <summary>What the file systems of other systems refuse.</summary>
    private const string suspicious = ":\\<>\"|?*";

    private readonly string folder;
    private readonly string refused;
    private readonly bool losesTrailingDots;
    private readonly HashSet<string>? taken;
    private readonly List<string> bad = [];
    private long count;

    public LocalNames(string folder)
    {
        this.folder = Path.GetFullPath(folder);
        var probe = Directory.CreateDirectory(Path.Combine(folder, ".braid-probe")).FullName;
        try
        {
            refused = string.Concat(suspicious.Where(sign => !Holds(probe, $"a{sign}b")));
            losesTrailingDots = !Holds(probe, "dot.");
            taken =
                Holds(probe, "case") && File.Exists(Path.Combine(probe, "CASE"))
                    ? new(StringComparer.OrdinalIgnoreCase)
                    : null;
        }
        finally
        {
            Directory.Delete(probe, recursive: true);
        }
    }

    /// <summary>Takes note of a path, absolute in the repo.</summary>
    public void Check(string path)
    {
        var why =
            Encoding.UTF8.GetByteCount(folder) + Encoding.UTF8.GetByteCount(path) > longestPath ? "the path is too long"
            : taken?.Add(path) == false ? "another name differs from it in capitals only"
            : path.Split('/').Select(WhyNot).FirstOrDefault(reason => reason is not null);
        if (why is not null && ++count <= mostNamed)
        {
            bad.Add($"  {path}: {why}");
        }
    }

    /// <exception cref="Failure">There are names that the file system cannot hold; it lists them.</exception>
    public void ThrowIfAny()
    {
        if (count > 0)
        {
            var more = count > mostNamed ? $"\n  and {count - mostNamed} more" : "";
            throw new Failure(
                $"{folder} cannot hold {count} of the names; export to a .tar file, or to another file system:\n{string.Join('\n', bad)}{more}"
            );
        }
    }

    private string? WhyNot(string name) =>
        Encoding.UTF8.GetByteCount(name) > longestName ? $"a name has more than {longestName} bytes"
        : name.AsSpan().IndexOfAny(refused) is var at and >= 0 ? $"the file system refuses '{name[at]}'"
        : losesTrailingDots && name is [.., '.' or ' '] ? "the file system drops the dot or space at a name's end"
        : null;

    private static bool Holds(string folder, string name)
    {
        try
        {
            File.WriteAllBytes(Path.Combine(folder, name), []);
            return Directory.EnumerateFiles(folder).Any(path => Path.GetFileName(path) == name);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
