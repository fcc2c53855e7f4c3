using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text;
using System.Threading.Channels;
using Braid.Cli.Archives;
using Braid.Cli.CommandLine;

namespace Braid.Cli.Imports;

/// <summary>
/// The tracked files of a git commit, exactly as committed, read through two git processes side by side:
/// 1. <c>ls-tree</c> names the files; 2. their objects are asked of <c>cat-file</c>, somewhat ahead; 3. the contents come in
/// that order. A link to a tracked file is that file; other links and submodules are left out, and named.
/// </summary>
internal sealed class GitFiles(GitCheckout checkout, TextWriter leftOut)
{
    private const string submodule = "160000";
    private const string link = "120000";
    private const int mostAhead = 1000;

    private static readonly UTF8Encoding strict = new(false, throwOnInvalidBytes: true);

    public async IAsyncEnumerable<MemberPiece> ReadAsync([EnumeratorCancellation] CancellationToken ct)
    {
        await using var contents = GitProcess.Start(checkout.Folder, "cat-file", "--batch", "--follow-symlinks");
        var paths = Channel.CreateBounded<string>(mostAhead);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var asking = AskAsync(contents.Input, paths.Writer, stop.Token);
        var reader = PipeReader.Create(contents.Output, new(bufferSize: 256 * 1024));
        try
        {
            await foreach (var path in paths.Reader.ReadAllAsync(ct))
            {
                await foreach (var piece in ContentAsync(reader, path, ct))
                {
                    yield return piece;
                }
            }

            await asking;
            await contents.EndAsync(ct);
        }
        finally
        {
            await stop.CancelAsync();
            await asking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>(1), (2)</summary>
    private async Task AskAsync(Stream objects, ChannelWriter<string> paths, CancellationToken ct)
    {
        try
        {
            await using var asked = new StreamWriter(objects) { AutoFlush = false };
            await foreach (var (mode, id, path) in EntriesAsync(ct))
            {
                if (mode == submodule || path.Contains('\n'))
                {
                    await leftOut.WriteLineAsync(
                        $"left out {path}: {(mode == submodule ? "a submodule" : "a line break in its name")}"
                    );
                    continue;
                }

                await asked.WriteLineAsync(mode == link ? $"{checkout.Commit}:{path}" : id);
                if (!paths.TryWrite(path))
                {
                    // What was asked must be on its way before waiting for its answers to be read.
                    await asked.FlushAsync(ct);
                    await paths.WriteAsync(path, ct);
                }
            }

            await asked.FlushAsync(ct);
            paths.Complete();
        }
        catch (Exception error)
        {
            paths.Complete(error); // thrown where the paths are read
        }
    }

    private async IAsyncEnumerable<(string Mode, string Id, string Path)> EntriesAsync(
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        await using var tree = GitProcess.Start(checkout.Folder, "ls-tree", "-r", "-z", "--full-tree", checkout.Commit);
        tree.Input.Close();
        var reader = PipeReader.Create(tree.Output);
        while (await LineAsync(reader, (byte)'\0', ct) is { } entry)
        {
            // MODE TYPE ID<tab>PATH
            var tab = entry.IndexOf('\t', StringComparison.Ordinal);
            var words = entry[..tab].Split(' ');
            yield return (words[0], words[2], entry[(tab + 1)..]);
        }

        await tree.EndAsync(ct);
    }

    /// <summary>(3)</summary>
    private async IAsyncEnumerable<MemberPiece> ContentAsync(
        PipeReader reader,
        string path,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var head = await LineAsync(reader, (byte)'\n', ct) ?? throw CutShort();
        // ID TYPE SIZE; or why a link leads nowhere, and the size of what it says.
        if (
            head.Split(' ') is not [.., var type, var text]
            || !long.TryParse(text, CultureInfo.InvariantCulture, out var left)
        )
        {
            throw new Failure($"git cat-file: {path}: {head}");
        }

        var isFile = type == "blob";
        if (!isFile)
        {
            await leftOut.WriteLineAsync($"left out {path}: a link that leads to no tracked file");
        }

        var isFirst = isFile;
        while (left > 0 || isFirst)
        {
            var read = left > 0 ? (await reader.ReadAsync(ct)).Buffer : default;
            if (read.IsEmpty && left > 0)
            {
                throw CutShort();
            }

            var bytes = read.First.Length > left ? read.First[..(int)left] : read.First;
            if (isFile)
            {
                yield return new(path, isFirst, bytes);
            }

            (isFirst, left) = (false, left - bytes.Length);
            if (!bytes.IsEmpty)
            {
                reader.AdvanceTo(read.GetPosition(bytes.Length));
            }
        }

        _ = await LineAsync(reader, (byte)'\n', ct);
    }

    /// <summary>Null at the end.</summary>
    private static async ValueTask<string?> LineAsync(PipeReader reader, byte end, CancellationToken ct)
    {
        while (true)
        {
            var read = await reader.ReadAsync(ct);
            if (read.Buffer.PositionOf(end) is { } at)
            {
                var line = Text(read.Buffer.Slice(0, at));
                reader.AdvanceTo(read.Buffer.GetPosition(1, at));
                return line;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (read.IsCompleted)
            {
                return read.Buffer.IsEmpty ? null : throw CutShort();
            }
        }
    }

    private static string Text(ReadOnlySequence<byte> bytes)
    {
        try
        {
            return strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw new Failure(
                $"{Encoding.Latin1.GetString(bytes)}: its name is not UTF-8: rename it in the git repository"
            );
        }
    }

    private static Failure CutShort() => new("git ended before it had given every file");
}
