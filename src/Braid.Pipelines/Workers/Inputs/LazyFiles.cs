using Braid.Storage;
using Braid.Storage.Files;
using Microsoft.Win32.SafeHandles;

namespace Braid.Pipelines.Workers.Inputs;

/// <summary>
/// Files of one datum that are fetched only when its program opens them: each is a named pipe. Until then the server holds both ends,
/// so that nobody waits; when one is opened it gives the reading end up, and writes the content. A pipe is read once.
/// </summary>
internal sealed class LazyFiles(ContentStore content) : IAsyncDisposable
{
    private readonly Dictionary<(string Folder, string Name), LazyFile> files = [];
    private readonly HashSet<string> folders = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource ended = new();
    private readonly List<Task> filling = [];
    private OpenWatch? watch;
    private long read;

    /// <summary>Bytes that were fetched.</summary>
    public long BytesRead => Interlocked.Read(ref read);

    public void Add(string path, FileContent file)
    {
        NativeFiles.MakePipe(path);
        var folder = Path.GetDirectoryName(path) ?? "/";
        folders.Add(folder);
        files[(folder, Path.GetFileName(path))] = new(file, NativeFiles.OpenBothEnds(path));
    }

    /// <summary>From now on what is opened is filled.</summary>
    public void Start()
    {
        if (files.Count == 0)
        {
            return;
        }

        watch = new(Fill);
        foreach (var folder in folders)
        {
            watch.Add(folder);
        }

        watch.Start();
    }

    /// <summary>The program has ended.</summary>
    public async ValueTask DisposeAsync()
    {
        watch?.Dispose();
        await ended.CancelAsync();
        Task[] last;
        lock (filling)
        {
            last = [.. filling];
        }

        await Task.WhenAll(last);
        foreach (var file in files.Values)
        {
            file.BothEnds.Dispose();
        }

        ended.Dispose();
    }

    private void Fill(string folder, string name)
    {
        // The server's own opening of the writing end is told, too.
        if (files.TryGetValue((folder, name), out var file) && file.TryBegin())
        {
            lock (filling)
            {
                filling.Add(Task.Run(() => FillAsync(file)));
            }
        }
    }

    private async Task FillAsync(LazyFile file)
    {
        try
        {
            await using var to = NativeFiles.OpenWritingEnd(file.BothEnds);
            file.BothEnds.Dispose();
            await content.CopyToAsync(file.Content, 0, long.MaxValue, to, ended.Token);
            Interlocked.Add(ref read, file.Content.Size);
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            // The program closed the file before its end, which is its right.
        }
    }

    private sealed class LazyFile(FileContent content, SafeFileHandle bothEnds)
    {
        private int isBegun;

        public FileContent Content => content;

        public SafeFileHandle BothEnds => bothEnds;

        /// <summary>True the first time.</summary>
        public bool TryBegin() => Interlocked.Exchange(ref isBegun, 1) == 0;
    }
}
