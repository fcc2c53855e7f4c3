using System.Buffers.Binary;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Braid.Client.Spooling;

/// <summary>How far one backend is, on the disk beside the spool, so that another process can go on from there.</summary>
internal sealed class Cursor : IDisposable
{
    private const int size = 24;

    private readonly string runFile;
    private readonly SafeFileHandle file;
    private readonly byte[] bytes = new byte[size];

    private Cursor(string folder, string backend)
    {
        runFile = Path.Combine(folder, backend + ".run");
        file = File.OpenHandle(
            Path.Combine(folder, backend + ".cursor"),
            FileMode.OpenOrCreate,
            FileAccess.ReadWrite,
            FileShare.Read
        );
        RunId = File.Exists(runFile) ? File.ReadAllText(runFile, Encoding.UTF8) : null;
    }

    /// <summary>The run that the backend made; null before it did.</summary>
    public string? RunId { get; private set; }

    /// <summary>Where to go on; null at the beginning.</summary>
    public SpoolPosition? Position { get; private set; }

    public static Cursor Open(string folder, string backend)
    {
        var cursor = new Cursor(folder, backend);
        if (RandomAccess.Read(cursor.file, cursor.bytes, 0) == size)
        {
            cursor.Position = new(
                (int)BinaryPrimitives.ReadInt64LittleEndian(cursor.bytes),
                BinaryPrimitives.ReadInt64LittleEndian(cursor.bytes.AsSpan(8)),
                BinaryPrimitives.ReadInt64LittleEndian(cursor.bytes.AsSpan(16))
            );
        }

        return cursor;
    }

    public void Started(string runId)
    {
        RunId = runId;
        File.WriteAllText(runFile, runId, Encoding.UTF8);
    }

    public void Advance(SpoolPosition position)
    {
        Position = position;
        BinaryPrimitives.WriteInt64LittleEndian(bytes, position.Segment);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(8), position.Offset);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(16), position.Records);
        RandomAccess.Write(file, bytes, 0);
    }

    public void Dispose() => file.Dispose();
}
