using System.Text.Json.Nodes;
using Braid.Cli.CommandLine;
using Braid.Cli.Imports;

namespace Braid.Cli.TrackedRuns.Code;

/// <summary>Which code a program is: the repository, branch and commit that its folder belongs to, and what is not committed.</summary>
internal sealed record SourceCode
{
    private const int longestDiff = 500 << 10;

    /// <summary>The repository's folder; null where there is none.</summary>
    public string? Root { get; init; }

    public string Repository { get; init; } = "";
    public string Branch { get; init; } = "";
    public string Commit { get; init; } = "";
    public string Diff { get; init; } = "";

    /// <summary>The folder below the repository's, <c>.</c> for its own.</summary>
    public string Folder { get; init; } = ".";

    public string EntryPoint { get; init; } = "";
    public string Program { get; init; } = "";

    /// <summary>Where there is no repository, or no git, only the program is known.</summary>
    public static async Task<SourceCode> OfAsync(string folder, IReadOnlyList<string> words, CancellationToken ct)
    {
        var code = new SourceCode
        {
            Program = words[0],
            EntryPoint = words.Skip(1).FirstOrDefault(word => !word.StartsWith('-')) ?? words[0],
        };
        try
        {
            var root = await GitProcess.ReadAsync(folder, ct, "rev-parse", "--show-toplevel");
            return code with
            {
                Root = root,
                Folder = Path.GetRelativePath(root, folder),
                Repository = MaskedEnvironment.WithoutCredentials(await OptionalAsync("remote", "get-url", "origin")),
                Branch = await OptionalAsync("branch", "--show-current"),
                Commit = await OptionalAsync("rev-parse", "HEAD"),
                Diff = Cut(await OptionalAsync("diff", "HEAD", "--no-color", "--no-ext-diff")),
            };
        }
        catch (Failure)
        {
            return code;
        }

        async Task<string> OptionalAsync(params string[] words)
        {
            try
            {
                return await GitProcess.ReadAsync(folder, ct, words);
            }
            catch (Failure)
            {
                return "";
            }
        }
    }

    public JsonObject ToScript() =>
        new()
        {
            ["repository"] = Repository,
            ["branch"] = Branch,
            ["version_num"] = Commit,
            ["diff"] = Diff,
            ["working_dir"] = Folder,
            ["entry_point"] = EntryPoint,
            ["binary"] = Program,
        };

    private static string Cut(string diff) =>
        diff.Length <= longestDiff
            ? diff
            : $"# the diff is longer than {longestDiff} characters; this is its beginning\n{diff[..longestDiff]}";
}
