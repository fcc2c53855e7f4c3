using System.Formats.Tar;
using System.IO.Pipelines;
using Google.Protobuf.WellKnownTypes;

namespace Braid.Load.Machine;

/// <summary>Unpacks an archive while it comes.</summary>
internal static class TarFolder
{
    /// <summary>Returns the number of files written.</summary>
    public static async Task<int> WriteAsync(IAsyncEnumerable<BytesValue> archive, string folder)
    {
        var pipe = new Pipe(
            new(pauseWriterThreshold: 8 << 20, resumeWriterThreshold: 4 << 20, useSynchronizationContext: false)
        );
        var unpacking = Task.Run(() => Unpack(pipe.Reader.AsStream(), folder));
        await foreach (var message in archive)
        {
            await pipe.Writer.WriteAsync(message.Value.Memory);
        }

        await pipe.Writer.CompleteAsync();
        return await unpacking;
    }

    private static int Unpack(Stream archive, string folder)
    {
        using var tar = new TarReader(archive);
        var files = 0;
        while (tar.GetNextEntry() is { } entry)
        {
            var path = folder + entry.Name;
            if (entry.EntryType == TarEntryType.Directory)
            {
                Directory.CreateDirectory(path);
                continue;
            }

            using var file = System.IO.File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write);
            var bytes = new byte[entry.Length];
            entry.DataStream?.ReadExactly(bytes);
            RandomAccess.Write(file, bytes, 0);
            files++;
        }

        return files;
    }
}
