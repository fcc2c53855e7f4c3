using Braid.Cli.CommandLine;
using Braid.Cli.Connection;
using Braid.Cli.Naming;

namespace Braid.Cli.Files;

/// <summary>
/// Writes files in one commit. Every source is replaced as a whole unless --append says otherwise:
/// 1. the sources: -f values, lines of -i, standard input;
/// 2. each becomes a path in the repo and a file, a folder's files (-r) or an address that the server fetches;
/// 3. all of it goes in one stream, and the server makes it visible at its end or not at all.
/// </summary>
internal static class PutFile
{
    private static readonly Flag file = Flags.Values(
        "file",
        'f',
        "A file, folder or address to put; \"-\" is standard input; may be repeated."
    );
    private static readonly Flag inputFile = Flags.Value(
        "input-file",
        'i',
        "A file that lists, a line each, what to put."
    );
    private static readonly Flag recursive = Flags.Switch("recursive", 'r', "Put all files below a folder.");
    private static readonly Flag append = Flags.Switch(
        "append",
        'a',
        "Add to what the files hold instead of replacing it."
    );
    private static readonly Flag fullPath = Flags.Switch(
        "full-path",
        null,
        "Keep the source's whole path, not only its last part."
    );

    public static Command Command { get; } =
        new Command("put file", "<repo>@<branch>[:<path/to/file>]", "Put files into a repo, in one commit.")
        {
            Flags = [append, file, fullPath, inputFile, Flags.Project, recursive],
            RunAsync = RunAsync,
        }.Taking(1);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var target = Names.File(call.Project, call.Arguments[0]);
        var sources = Sources(call);
        var plan = new PutPlan(target.Path, sources.Count, call.Has(recursive), call.Has(fullPath));
        var files = sources.SelectMany(plan.Of).ToList();
        var upload = new Upload(target.Commit, call.Has(append), call.World.OpenInput);
        await call.Pach.SendAsync(PfsMethods.ModifyFile, upload.RequestsAsync(files, ct), ct);
        return 0;
    }

    private static List<string> Sources(Invocation call)
    {
        var sources = call.All(file).ToList();
        if (call.Text(inputFile) is { } list)
        {
            sources.AddRange(File.ReadLines(list).Where(line => line.Length > 0));
        }

        if (sources.Count == 0)
        {
            sources.Add(PutPlan.StandardInput);
        }

        if (sources.Contains(PutPlan.StandardInput))
        {
            call.Error.WriteLine("Reading from stdin.");
        }

        return sources;
    }
}
