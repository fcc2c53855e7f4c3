using System.Globalization;
using Braid.Cli.CommandLine;
using Braid.Protos.Pps;

namespace Braid.Cli.Development;

/// <summary>Finds a datum among those that there are.</summary>
internal static class DatumChoice
{
    /// <param name="datums">In the server's order.</param>
    /// <param name="wanted">A number from 1, or a path that the datum has; null for the first.</param>
    /// <exception cref="Failure">None is that one.</exception>
    public static int Find(IReadOnlyList<DatumInfo> datums, string? wanted)
    {
        if (datums.Count == 0)
        {
            throw new Failure("the spec's input matches no file: there is no datum to run");
        }

        var at =
            wanted is null ? 0
            : int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number - 1
            : datums.ToList().FindIndex(datum => datum.Data.Any(file => IsAt(file.File.Path, wanted)));
        return at >= 0 && at < datums.Count
            ? at
            : throw new Failure($"none of the {datums.Count} datums is {wanted}: give a number from 1, or a path");
    }

    /// <summary>Its files, <c>images:/a.png, labels:/b.txt</c>.</summary>
    public static string Files(DatumInfo datum) =>
        string.Join(", ", datum.Data.Select(file => $"{Naming.Names.RepoOf(file.File.Commit).Name}:{file.File.Path}"));

    private static bool IsAt(string path, string wanted) => path.Trim('/') == wanted.Trim('/');
}
