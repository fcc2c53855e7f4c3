using System.Text.Json.Nodes;
using Braid.Cli.CommandLine;
using Braid.Cli.MLflowImports.Sources;
using YamlDotNet.Core;

namespace Braid.Cli.MLflowImports.Folders;

/// <summary>The small files of a file store: <c>meta.yaml</c>, and folders in which each file is a key and its content the value.</summary>
internal static class MetaFile
{
    public const string Name = "meta.yaml";

    private const long longest = 64 << 20;

    /// <summary>The <c>meta.yaml</c> of a folder; null when it has none.</summary>
    /// <exception cref="Failure">It cannot be understood.</exception>
    public static JsonObject? Read(string folder)
    {
        var path = Path.Combine(folder, Name);
        try
        {
            return File.Exists(path) ? MetaYaml.Read(Content(path)) : null;
        }
        catch (YamlException error)
        {
            throw new Unreadable($"{path} is damaged: {error.Message}");
        }
    }

    /// <summary>The files below a folder as keys and values; a key may have slashes.</summary>
    public static IReadOnlyList<Pair> Pairs(string folder)
    {
        var pairs = new List<Pair>();
        foreach (var path in Files(folder))
        {
            pairs.Add(new(Path.GetRelativePath(folder, path), Content(path)));
        }

        return pairs;
    }

    /// <summary>The files below a folder, by path; links are not followed. None when there is no folder.</summary>
    /// <exception cref="Unreadable">The folder is a link.</exception>
    public static IReadOnlyList<string> Files(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return [];
        }

        SymbolicLinks.Refuse(folder);
        var options = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            AttributesToSkip = FileAttributes.ReparsePoint,
            IgnoreInaccessible = false,
        };
        return [.. Directory.EnumerateFiles(folder, "*", options).Order(StringComparer.Ordinal)];
    }

    /// <summary>The folders directly in a folder, by name; links are not followed. None when there is no folder.</summary>
    /// <exception cref="Unreadable">The folder is a link.</exception>
    public static IReadOnlyList<string> Folders(string folder)
    {
        SymbolicLinks.Refuse(folder);
        return FoldersOfRoot(folder);
    }

    /// <summary>The same of a folder that the user named, which may be a link.</summary>
    public static IReadOnlyList<string> FoldersOfRoot(string folder) =>
        !Directory.Exists(folder)
            ? []
            :
            [
                .. new DirectoryInfo(folder)
                    .EnumerateDirectories()
                    .Where(one => one.LinkTarget is null)
                    .Select(one => one.FullName)
                    .Order(StringComparer.Ordinal),
            ];

    private static string Content(string path)
    {
        var file = new FileInfo(path);
        return file.LinkTarget is not null ? throw new Unreadable($"{path} is a link: it is not followed")
            : file.Length > longest
                ? throw new Unreadable($"{path} has {file.Length} bytes: no file of MLflow's is that long")
            : File.ReadAllText(path);
    }
}
