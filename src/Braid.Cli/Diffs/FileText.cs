using System.Text;
using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Protos.Pfs;
using FileInfo = Braid.Protos.Pfs.FileInfo;

namespace Braid.Cli.Diffs;

/// <summary>A side of a comparison: its lines with their ends, or none when it is not text or too large.</summary>
internal sealed record FileText(IReadOnlyList<string>? Lines, bool IsLarge)
{
    /// <summary>Lines are compared in memory.</summary>
    private const long MostBytes = 64 * 1024 * 1024;

    /// <summary>Text has no zero byte in its beginning: git's rule.</summary>
    private const int Beginning = 8000;

    private static readonly FileText binary = new(null, false);
    private static readonly FileText large = new(null, true);

    /// <summary>A file that is not there has no lines.</summary>
    public static async Task<FileText> ReadAsync(Invocation call, FileInfo? file, CancellationToken ct)
    {
        if (file is null)
        {
            return new([], false);
        }

        if (file.SizeBytes > MostBytes)
        {
            return large;
        }

        using var bytes = new MemoryStream((int)file.SizeBytes);
        var request = new GetFileRequest { File = file.File };
        await foreach (var piece in call.Pach.StreamAsync(PfsMethods.GetFile, request, ct))
        {
            var before = (int)bytes.Length;
            bytes.Write(piece.Value.Span);
            if (before < Beginning && Seen(bytes, before).Contains((byte)0))
            {
                return binary;
            }
        }

        return new(Split(Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length)), false);
    }

    /// <summary>Each line with its end; the last one may have none.</summary>
    public static IReadOnlyList<string> Split(string text)
    {
        var lines = new List<string>();
        for (var start = 0; start < text.Length; )
        {
            var end = text.IndexOf('\n', start) is var at and >= 0 ? at + 1 : text.Length;
            lines.Add(text[start..end]);
            start = end;
        }

        return lines;
    }

    private static ReadOnlySpan<byte> Seen(MemoryStream bytes, int from) =>
        bytes.GetBuffer().AsSpan(from, (int)Math.Min(bytes.Length, Beginning) - from);
}
