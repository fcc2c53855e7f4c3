using System.Security.Cryptography;
using Braid.Cli.Archives;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Downloads;
using Braid.Cli.Transfers;
using Braid.Protos.Pfs;

namespace Braid.Cli.Exports;

/// <summary>
/// Writes a commit's files as a tar archive, with relative names, the commit's time, and the manifest as its last member. The
/// sums are taken of the bytes as they pass.
/// </summary>
internal sealed class TarExport(PachClient pach, TransferProgress progress)
{
    private const int pieceBytes = 256 * 1024;

    public async Task RunAsync(CommitInfo commit, Protos.Pfs.File root, Stream into, CancellationToken ct)
    {
        var time = (commit.Finishing ?? commit.Started)?.Seconds ?? 0;
        await using var sums = Scratch();
        var name = await CopyAsync(root, time, sums, into, ct);
        await into.WriteAsync(TarFrame.Header(name, sums.Length, time), ct);
        sums.Position = 0;
        await sums.CopyToAsync(into, ct);
        await into.WriteAsync(TarFrame.Padding(sums.Length), ct);
        await into.WriteAsync(TarFrame.End, ct);
        await into.FlushAsync(ct);
    }

    /// <summary>Answers what the manifest is to be called.</summary>
    private async Task<string> CopyAsync(
        Protos.Pfs.File root,
        long time,
        Stream sums,
        Stream into,
        CancellationToken ct
    )
    {
        var name = Manifest.Name;
        await using var manifest = new Manifest(sums);
        var request = new GetFileRequest { File = root };
        await using var bytes = new ByteStream(pach.StreamAsync(PfsMethods.GetFileTAR, request, ct));
        await using var tar = new TarScanner(bytes);
        using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        while (await Damage.NamedAsync("the server's answer", tar.NextAsync(ct)) is { } member)
        {
            if (member.Kind != MemberKind.File)
            {
                continue;
            }

            var path = member.Name.TrimStart('/');
            name = path == Manifest.Name ? Manifest.OtherName : name;
            await into.WriteAsync(TarFrame.Header(path, member.Size, time), ct);
            while (await tar.ReadAsync(pieceBytes, ct) is { IsEmpty: false } piece)
            {
                sum.AppendData(piece.Span);
                await into.WriteAsync(piece, ct);
            }

            await into.WriteAsync(TarFrame.Padding(member.Size), ct);
            await manifest.AddAsync(sum.GetHashAndReset(), path);
            progress.Add(1, member.Size);
        }

        return name;
    }

    /// <summary>The manifest of millions of files does not belong into memory.</summary>
    private static FileStream Scratch() =>
        new(
            Path.Combine(Path.GetTempPath(), $"braid-{Path.GetRandomFileName()}"),
            new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.ReadWrite,
                Options = FileOptions.DeleteOnClose,
            }
        );
}
