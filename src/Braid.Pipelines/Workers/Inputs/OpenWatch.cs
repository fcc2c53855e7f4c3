using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Braid.Pipelines.Workers.Inputs;

/// <summary>Tells which files of some folders are opened, as they are (inotify), from a thread of its own.</summary>
internal sealed partial class OpenWatch : IDisposable
{
    private const int closeOnExec = 0x80000;
    private const uint onOpen = 0x20;
    private const int headLength = 16;

    private readonly Dictionary<int, string> folders = [];
    private readonly Action<string, string> opened;
    private readonly SafeFileHandle handle;
    private Thread? thread;
    private volatile bool isStopped;

    /// <param name="opened">Told the folder, as it was added, and the name of a file that was opened in it; quick.</param>
    public OpenWatch(Action<string, string> opened)
    {
        this.opened = opened;
        var descriptor = Init(closeOnExec);
        if (descriptor < 0)
        {
            throw new IOException($"cannot watch folders: {Marshal.GetLastPInvokeErrorMessage()}");
        }

        handle = new(descriptor, ownsHandle: true);
    }

    /// <summary>Before <see cref="Start"/>. The folder may be moved afterwards.</summary>
    public void Add(string folder)
    {
        var watch = AddWatch(handle, folder, onOpen);
        if (watch < 0)
        {
            throw new IOException($"cannot watch {folder}: {Marshal.GetLastPInvokeErrorMessage()}");
        }

        folders[watch] = folder;
    }

    public void Start()
    {
        thread = new(Run) { IsBackground = true, Name = "braid lazy inputs" };
        thread.Start();
    }

    /// <summary>Ends the thread: a watch that is removed is an event too.</summary>
    public void Dispose()
    {
        isStopped = true;
        foreach (var watch in folders.Keys)
        {
            _ = RemoveWatch(handle, watch);
        }

        thread?.Join();
        handle.Dispose();
    }

    private void Run()
    {
        var buffer = new byte[64 * 1024];
        while (!isStopped && Read(handle, buffer, (nuint)buffer.Length) is var read and > 0)
        {
            Tell(buffer.AsSpan(0, (int)read));
        }
    }

    // Each event: the watch, what happened, a cookie, the length of the name; then the name, filled up with zeros.
    private void Tell(ReadOnlySpan<byte> events)
    {
        while (events.Length >= headLength)
        {
            var watch = BinaryPrimitives.ReadInt32LittleEndian(events);
            var what = BinaryPrimitives.ReadUInt32LittleEndian(events[4..]);
            var length = BinaryPrimitives.ReadInt32LittleEndian(events[12..]);
            var name = Encoding.UTF8.GetString(events.Slice(headLength, length).TrimEnd((byte)0));
            events = events[(headLength + length)..];
            if ((what & onOpen) != 0 && name.Length > 0)
            {
                opened(folders[watch], name);
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "inotify_init1", SetLastError = true)]
    private static partial int Init(int flags);

    [LibraryImport(
        "libc",
        EntryPoint = "inotify_add_watch",
        StringMarshalling = StringMarshalling.Utf8,
        SetLastError = true
    )]
    private static partial int AddWatch(SafeFileHandle handle, string path, uint mask);

    [LibraryImport("libc", EntryPoint = "inotify_rm_watch")]
    private static partial int RemoveWatch(SafeFileHandle handle, int watch);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint Read(SafeFileHandle handle, byte[] buffer, nuint length);
}
