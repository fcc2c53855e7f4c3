using Braid.Cli.CommandLine;
using Braid.Cli.Jobs;

namespace Braid.Cli.OldForms;

/// <summary>Commands whose words are the same today, but not these flags: given one, the old meaning holds.</summary>
internal static class OldFlags
{
    private static readonly string[] ofPut =
    [
        "--split",
        "--target-file-datums",
        "--target-file-bytes",
        "--header-records",
        "--overwrite",
        "-o",
    ];

    /// <summary>Null when no old flag is among the words.</summary>
    public static Command? Find(Command today, IReadOnlyList<string> words) =>
        today.Name switch
        {
            "put file" when words.Any(word => ofPut.Contains(word.Split('=')[0])) => SplitFile.Command,
            "inspect job" when words.Any(word => word is "-b" or "--block") => WaitingInspection,
            _ => null,
        };

    private static Command WaitingInspection =>
        new OldForm("inspect job", "<job>", WaitJob.Command)
        {
            Flags = [Flags.Switch("block", 'b', "Wait until the job is finished.")],
            LeastArguments = 1,
            MostArguments = 1,
        }.ToCommand();
}
