using Braid.Cli.CommandLine;
using Braid.Cli.Output;
using FileInfo = Braid.Protos.Pfs.FileInfo;

namespace Braid.Cli.Diffs;

/// <summary>One file's two sides as a unified diff.</summary>
internal static class FileDiff
{
    private const string Nothing = "/dev/null";

    public static async Task WriteAsync(
        Invocation call,
        FileInfo? old,
        FileInfo? current,
        int context,
        CancellationToken ct
    )
    {
        var (from, to) = (Name("a", old), Name("b", current));
        var (before, after) = (await FileText.ReadAsync(call, old, ct), await FileText.ReadAsync(call, current, ct));
        if (before is { Lines: { } oldLines } && after is { Lines: { } newLines })
        {
            new UnifiedDiff(call.Out, call.Style, context).Write(from, to, oldLines, newLines);
            return;
        }

        var why = before.IsLarge || after.IsLarge ? "Files" : "Binary files";
        var hint = before.IsLarge || after.IsLarge ? "; too large to compare by line, --diff-command may" : "";
        call.Out.Write($"{why} {from} and {to} differ ({SizeOf(old)}, {SizeOf(current)}){hint}\n");
    }

    private static string Name(string side, FileInfo? file) => file is null ? Nothing : side + file.File.Path;

    private static string SizeOf(FileInfo? file) => file is null ? "none" : Sizes.Words(file.SizeBytes);
}
