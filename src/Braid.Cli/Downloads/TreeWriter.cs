using System.Buffers;
using System.Collections.Concurrent;
using System.Threading.Channels;
using Braid.Cli.Archives;
using Braid.Cli.CommandLine;
using Braid.Cli.Transfers;

namespace Braid.Cli.Downloads;

/// <summary>
/// Writes files below a folder, and nowhere else. Small ones are gathered into batches that a few writers take: making a file
/// costs the system more than its bytes do. The files of one directory go to one writer: two of them would wait for its lock. A file that replaces another comes under another name and takes its own when it is
/// complete, and so does a large one. A small new one is written at once: renaming costs as much as making it, and one that a
/// kill cuts in the middle has not the right hash for the next call.
/// </summary>
internal sealed class TreeWriter : IAsyncDisposable
{
    private const int batchBytes = 1024 * 1024;
    private const int batchFiles = 128;

    /// <summary>So many that a writer has a directory of a thousand small files to itself while the next one comes.</summary>
    private const int batchesAhead = 8;

    private readonly string folder;
    private readonly TransferProgress progress;
    private readonly ConcurrentDictionary<string, bool> folders = new(StringComparer.Ordinal);
    private readonly Writer[] writers;

    public TreeWriter(string folder, TransferProgress progress)
    {
        (this.folder, this.progress) = (Path.GetFullPath(folder).TrimEnd('/'), progress);
        Directory.CreateDirectory(this.folder.Length > 0 ? this.folder : "/");
        writers = [.. Enumerable.Range(0, Math.Clamp(Environment.ProcessorCount, 2, 8)).Select(_ => new Writer(Write))];
    }

    /// <summary>Where a path of the repo is on disk.</summary>
    /// <exception cref="Failure">It is outside of the folder.</exception>
    public string Place(string name)
    {
        var path = Path.GetFullPath($"{folder}/{name.TrimStart('/')}");
        return path.StartsWith(folder + '/', StringComparison.Ordinal)
            ? path
            : throw new Failure($"refused to write {name}: it leads out of {folder}");
    }

    /// <summary>Makes the folder that a file is to be in.</summary>
    /// <exception cref="Failure">A link leads elsewhere.</exception>
    public void MakeFolderOf(string path)
    {
        var parent = Path.GetDirectoryName(path) ?? "/";
        if (parent.Length <= folder.Length || folders.ContainsKey(parent))
        {
            return;
        }

        MakeFolderOf(parent);
        if (Directory.CreateDirectory(parent).LinkTarget is { } elsewhere)
        {
            throw new Failure($"refused to write {path}: {parent} is a link to {elsewhere}");
        }

        folders[parent] = true;
    }

    /// <summary>Takes the member of an archive that the scanner is at.</summary>
    public async ValueTask AddAsync(string path, TarMember member, TarScanner tar, CancellationToken ct)
    {
        if (member.Size > batchBytes || await tar.TryReadWholeAsync(ct) is not { } content)
        {
            await WriteLargeAsync(path, tar, ct);
            return;
        }

        await WriterOf(path).AddAsync(path, content, ct);
    }

    /// <summary>Waits until everything is written.</summary>
    public Task FinishAsync(CancellationToken ct) =>
        Task.WhenAll(writers.Select(async writer => await writer.FinishAsync(ct)));

    public async ValueTask DisposeAsync()
    {
        foreach (var writer in writers)
        {
            await writer.DisposeAsync();
        }
    }

    private Writer WriterOf(string path)
    {
        var directory = Path.GetDirectoryName(path.AsSpan());
        return writers[(uint)string.GetHashCode(directory, StringComparison.Ordinal) % (uint)writers.Length];
    }

    private async Task WriteLargeAsync(string path, TarScanner tar, CancellationToken ct)
    {
        MakeFolderOf(path);
        await using (var file = new FileStream(PartFile.Of(path), FileMode.Create, FileAccess.Write, FileShare.Read, 0))
        {
            while (await tar.ReadAsync(batchBytes, ct) is { IsEmpty: false } bytes)
            {
                await file.WriteAsync(bytes, ct);
                progress.Add(0, bytes.Length);
            }
        }

        PartFile.Complete(path);
        progress.Add(1, 0);
    }

    private void Write(Batch files)
    {
        foreach (var (path, from, length) in files.Files)
        {
            MakeFolderOf(path);
            if (!RawFile.TryCreate(path, files.Bytes(from, length)))
            {
                Replace(path, files.Bytes(from, length));
            }
        }

        progress.Add(files.Files.Count, files.Length);
    }

    private static void Replace(string path, ReadOnlySpan<byte> content)
    {
        using (var file = File.OpenHandle(PartFile.Of(path), FileMode.Create, FileAccess.Write))
        {
            RandomAccess.Write(file, content, 0);
        }

        PartFile.Complete(path);
    }

    /// <summary>Gathers files into batches and writes them, one batch after the other, beside who gathers.</summary>
    private sealed class Writer : IAsyncDisposable
    {
        // A full one makes the network wait.
        private readonly Channel<Batch> batches = Channel.CreateBounded<Batch>(batchesAhead);
        private readonly Action<Batch> write;
        private readonly Task writing;
        private Batch batch = new();

        public Writer(Action<Batch> write)
        {
            this.write = write;
            writing = Task.Run(WriteAllAsync);
        }

        public async ValueTask AddAsync(string path, ReadOnlyMemory<byte> content, CancellationToken ct)
        {
            if (batch.Files.Count == batchFiles || batch.Length + content.Length > batchBytes)
            {
                await SendAsync(ct);
            }

            batch.Add(path, content.Span);
        }

        public async Task FinishAsync(CancellationToken ct)
        {
            if (batch.Files.Count > 0)
            {
                await SendAsync(ct);
            }

            batches.Writer.TryComplete();
            await writing;
        }

        public async ValueTask DisposeAsync()
        {
            batches.Writer.TryComplete();
            // What failed was thrown where it was waited for.
            await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            batch.Dispose();
        }

        private async ValueTask SendAsync(CancellationToken ct)
        {
            try
            {
                await batches.Writer.WriteAsync(batch, ct);
            }
            catch (ChannelClosedException)
            {
                await writing; // throws why it ended
                throw;
            }

            batch = new();
        }

        private async Task WriteAllAsync()
        {
            try
            {
                await foreach (var next in batches.Reader.ReadAllAsync())
                {
                    using (next)
                    {
                        write(next);
                    }
                }
            }
            catch (Exception error)
            {
                // The reader of the archive must not wait for a writer that is gone.
                batches.Writer.TryComplete(error);
                throw;
            }
        }
    }

    /// <summary>Small files with their contents in one buffer.</summary>
    private sealed class Batch : IDisposable
    {
        private readonly byte[] buffer = ArrayPool<byte>.Shared.Rent(batchBytes);

        public List<(string Path, int From, int Length)> Files { get; } = [];

        public int Length { get; private set; }

        public void Add(string path, ReadOnlySpan<byte> content)
        {
            content.CopyTo(buffer.AsSpan(Length));
            Files.Add((path, Length, content.Length));
            Length += content.Length;
        }

        public ReadOnlySpan<byte> Bytes(int from, int length) => buffer.AsSpan(from, length);

        public void Dispose() => ArrayPool<byte>.Shared.Return(buffer);
    }
}
