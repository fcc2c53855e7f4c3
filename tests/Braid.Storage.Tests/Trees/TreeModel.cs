using System.Text;
using Braid.Storage.Files;
using Braid.Storage.Trees;

namespace Braid.Storage.Tests.Trees;

/// <summary>What a tree should be: a dictionary from path to content.</summary>
internal sealed class TreeModel
{
    public SortedDictionary<string, FileContent> Files { get; private init; } = new(StringComparer.Ordinal);

    public TreeModel Clone() => new() { Files = new(Files, StringComparer.Ordinal) };

    /// <summary>False when a path would be a file and a directory at once after all edits.</summary>
    public bool TryApply(IEnumerable<TreeEdit> edits)
    {
        foreach (var edit in edits)
        {
            Apply(edit);
        }

        var directories = Files.Keys.SelectMany(Ancestors).ToHashSet(StringComparer.Ordinal);
        return !Files.Keys.Any(path => directories.Contains(path + "/"));
    }

    /// <summary>All files and directories in the order of their UTF-8 bytes.</summary>
    public IEnumerable<string> Paths() =>
        Sort(Files.Keys.Concat(Files.Keys.SelectMany(Ancestors).Append("/").Distinct()));

    public static IEnumerable<string> Sort(IEnumerable<string> paths) =>
        paths.OrderBy(path => Convert.ToHexString(Encoding.UTF8.GetBytes(path)), StringComparer.Ordinal);

    private static IEnumerable<string> Ancestors(string path)
    {
        for (var slash = path.LastIndexOf('/'); slash > 0; slash = path.LastIndexOf('/', slash - 1))
        {
            yield return path[..(slash + 1)];
        }
    }

    private void Apply(TreeEdit edit)
    {
        switch (edit)
        {
            case TreeEdit.Put put:
                Files[put.Path] = put.Content;
                break;
            case TreeEdit.DeleteFile delete:
                Files.Remove(delete.Path);
                break;
            case TreeEdit.DeleteTree tree:
                var gone = Files.Keys.Where(path =>
                    path == tree.Path || path.StartsWith(tree.Path + "/", StringComparison.Ordinal)
                );
                foreach (var path in gone.ToList())
                {
                    Files.Remove(path);
                }

                break;
        }
    }
}
