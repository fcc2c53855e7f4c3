using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Naming;
using Braid.Cli.OldForms.Splitting;
using Braid.Cli.Uploads;

namespace Braid.Cli.OldForms;

/// <summary>
/// 1.x's <c>put file --split</c>: each record of the source becomes a file below the path, numbered from where the numbers ended
/// (with -o from zero). Servers of 2.x know nothing of it, so the records are told apart here.
/// </summary>
internal static class SplitFile
{
    public static readonly Flag Overwrite = CommandLine.Flags.Switch(
        "overwrite",
        'o',
        "Replace what is there instead of adding to it."
    );

    private static readonly Flag split = CommandLine.Flags.Value(
        "split",
        null,
        "Put every record into a file of its own: \"json\", \"line\", \"sql\" or \"csv\"."
    );
    private static readonly Flag datums = CommandLine.Flags.Value(
        "target-file-datums",
        null,
        "Put this many records into one file."
    );
    private static readonly Flag bytes = CommandLine.Flags.Value(
        "target-file-bytes",
        null,
        "Put about this many bytes into one file."
    );
    private static readonly Flag header = CommandLine.Flags.Value(
        "header-records",
        null,
        "The first records are a header: every file begins with them."
    );
    private static readonly Flag file = CommandLine.Flags.Values(
        "file",
        'f',
        "A file to put; \"-\" is standard input."
    );
    private static readonly Flag inputFile = CommandLine.Flags.Value(
        "input-file",
        'i',
        "A file that lists, a line each, what to put."
    );
    private static readonly Flag recursive = CommandLine.Flags.Switch(
        "recursive",
        'r',
        "Put all files below a folder."
    );

    /// <summary>All that the old command took, but for what has no meaning any more.</summary>
    public static IReadOnlyList<Flag> Flags { get; } =
    [bytes, datums, file, header, inputFile, Overwrite, CommandLine.Flags.Project, recursive, split];

    public static Command Command { get; } =
        new Command("put file", "<repo>@<branch>:<path>", "Put the records of a file into files of their own.")
        {
            Flags = Flags,
            RunAsync = RunAsync,
        }.Taking(1);

    public static bool IsWanted(Invocation call) => call.Has(split);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var target = Names.File(call.Project, call.Arguments[0]);
        if (!IsWanted(call))
        {
            // Only -o was given, which is what put file does today.
            var today = PutFile.Command;
            using var put = call.As(today, call.Arguments, []);
            return await today.RunAsync(put, ct);
        }

        var format = SplitFormat.Parse(call.Text(split) ?? "", call.Number(header, 0));
        var parts = new PartSizes(call.Number(datums, 0), call.Number(bytes, 0));
        var sources = SplitSource.All(call, file, inputFile, recursive, target.Path);
        var upload = new SplitUpload(call.Pach, target.Commit, format, parts, call.Has(Overwrite));
        await call.Pach.SendAsync(PfsMethods.ModifyFile, upload.RequestsAsync(sources, ct), ct);
        return 0;
    }
}
