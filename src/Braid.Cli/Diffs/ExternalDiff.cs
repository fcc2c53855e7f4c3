using System.Diagnostics;
using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Protos.Pfs;
using File = System.IO.File;
using FileInfo = Braid.Protos.Pfs.FileInfo;

namespace Braid.Cli.Diffs;

/// <summary>Lets another program compare the two sides of a file, which are fetched into a folder for it.</summary>
internal sealed class ExternalDiff(Invocation call, string words)
{
    private const string Nothing = "/dev/null";

    /// <summary>As diff has it: 0 is the same, 1 is different, more is trouble.</summary>
    private const int Trouble = 2;

    public async Task WriteAsync(FileInfo? old, FileInfo? current, CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("braid-diff-");
        try
        {
            string[] sides = [await FetchAsync(folder, "old", old, ct), await FetchAsync(folder, "new", current, ct)];
            await CompareAsync(sides, ct);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task<string> FetchAsync(DirectoryInfo folder, string side, FileInfo? file, CancellationToken ct)
    {
        if (file is null)
        {
            return Nothing;
        }

        // The name is kept, since programs tell the kind of a file by it.
        var path = Path.Combine(folder.CreateSubdirectory(side).FullName, Path.GetFileName(file.File.Path));
        await using var target = File.Create(path);
        var request = new GetFileRequest { File = file.File };
        await foreach (var piece in call.Pach.StreamAsync(PfsMethods.GetFile, request, ct))
        {
            await target.WriteAsync(piece.Value.Memory, ct);
        }

        return path;
    }

    private async Task CompareAsync(string[] sides, CancellationToken ct)
    {
        var command = words.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var start = new ProcessStartInfo(command[0], [.. command[1..], .. sides])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start) ?? throw new Failure($"cannot start {command[0]}");
        call.Out.Write(await process.StandardOutput.ReadToEndAsync(ct));
        await process.WaitForExitAsync(ct);
        if (process.ExitCode >= Trouble)
        {
            throw new Failure($"{words} failed with exit code {process.ExitCode}");
        }
    }
}
