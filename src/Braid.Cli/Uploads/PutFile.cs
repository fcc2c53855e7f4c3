using Braid.Cli.CommandLine;
using Braid.Cli.Imports;
using Braid.Cli.Naming;
using Braid.Cli.Overlaps;
using Braid.Cli.Transfers;

namespace Braid.Cli.Uploads;

/// <summary>
/// Writes files in one commit. Every file is replaced as a whole unless --append says otherwise:
/// 1. the sources: -f values, lines of -i, standard input;
/// 2. each becomes files, a stream, an archive or an address that the server fetches (<see cref="PutPlan"/>);
/// 3. all of it goes to the server, which makes it visible at the end or not at all.
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
        "A file, address or \"-\" that lists, a line each, what to put."
    );
    private static readonly Flag recursive = Flags.Switch("recursive", 'r', "Put all files below a folder.");
    private static readonly Flag append = Flags.Switch(
        "append",
        'a',
        "Add to what the files hold instead of replacing it."
    );
    private static readonly Flag compress = Flags.Switch("compress", 'c', "Compress on the way (gzip).");
    private static readonly Flag fullPath = Flags.Switch(
        "full-path",
        null,
        "Keep the source's whole path, not only its last part."
    );
    private static readonly Flag parallelism = Flags.Value(
        "parallelism",
        'p',
        "How much is read and sent at a time (default: as suits the machine)."
    );
    private static readonly Flag untar = Flags.Switch(
        "untar",
        null,
        "Put the files in archives (.tar, .tar.gz, .tgz, .zip) instead of the archives."
    );

    public static Command Command { get; } =
        new Command("put file", "<repo>@<branch>[:<path/to/file>]", "Put files into a repo, in one commit.")
        {
            Flags =
            [
                append,
                compress,
                file,
                fullPath,
                inputFile,
                parallelism,
                TransferProgress.Flag,
                Flags.Project,
                recursive,
                untar,
            ],
            RunAsync = RunAsync,
        }.Taking(1);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var target = Names.File(call.Project, call.Arguments[0]);
        // (1)
        var sources = await SourcesAsync(call, ct);
        if (sources.Any(source => source.StartsWith(GitCheckout.Prefix, StringComparison.Ordinal)))
        {
            return await PutGitAsync(call, sources, target, ct);
        }

        // (2)
        var plan = new PutPlan
        {
            Target = target.Path,
            Sources = sources.Count,
            IsRecursive = call.Has(recursive),
            KeepsFullPath = call.Has(fullPath),
            Unpacks = call.Has(untar),
            OpenInput = call.World.OpenInput,
        };
        var parts = sources.Select(plan.Of).ToList().SelectMany(found => found);
        // (3)
        await using var progress = TransferProgress.Of(call, "put");
        var upload = new Upload(
            call.Pach,
            () => UploadJournal.Open(call.World, call.Server.Uri),
            call.World.Clock,
            progress
        )
        {
            Appends = call.Has(append),
            Compresses = call.Has(compress),
            Parallelism = (int)Math.Clamp(call.Number(parallelism, Upload.UsualParallelism), 1, Upload.MostParallelism),
        };
        await upload.RunAsync(target.Commit, parts, ct);
        progress.Complete();
        await OverlapAlarm.ShowAsync(call, target.Commit, ct);
        return 0;
    }

    private static async Task<int> PutGitAsync(
        Invocation call,
        List<string> sources,
        Protos.Pfs.File target,
        CancellationToken ct
    )
    {
        if (sources.Count > 1 || target.Commit.Id.Length > 0)
        {
            throw new Failure("a git commit becomes a commit of its own: put it alone, and to repo@branch");
        }

        using var checkout = await GitCheckout.OpenAsync(sources[0], ct);
        await using var progress = TransferProgress.Of(call, "put");
        await new GitImport(call.Pach, call.Error, progress).RunAsync(checkout, target, ct);
        progress.Complete();
        return 0;
    }

    private static async Task<List<string>> SourcesAsync(Invocation call, CancellationToken ct)
    {
        var sources = call.All(file).ToList();
        var list = call.Text(inputFile);
        if (list is not null)
        {
            sources.AddRange(await SourceList.ReadAsync(list, call.World.OpenInput, ct));
        }
        else if (sources.Count == 0)
        {
            sources.Add(PutPlan.StandardInput);
        }

        var fromInput =
            sources.Count(source => source == PutPlan.StandardInput) + (list == PutPlan.StandardInput ? 1 : 0);
        if (fromInput > 1)
        {
            throw new Failure("standard input can be read once: name \"-\" only once in -f and -i");
        }

        if (fromInput == 1)
        {
            call.Error.WriteLine("Reading from stdin.");
        }

        return sources;
    }
}
