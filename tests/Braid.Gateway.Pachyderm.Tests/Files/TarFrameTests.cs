using System.Buffers;
using System.Formats.Tar;
using Braid.Gateway.Pachyderm.Files;
using Braid.Testing;

namespace Braid.Gateway.Pachyderm.Tests.Files;

public sealed class TarFrameTests
{
    private static readonly string longName = "/" + string.Join('/', Enumerable.Repeat("directory", 30)) + "/ä";

    public static TheoryData<string, long> Entries =>
        new()
        {
            { "/a", 0 },
            { "/a/b.txt", 511 },
            { "/a/b.txt", 512 },
            { "/größe/日本", 513 },
            { "/" + new string('n', 99), 1 },
            { "/" + new string('n', 100), 1 },
            { longName, 700 },
            { "/large", (8L << 30) + 5 },
            { longName, 1L << 45 },
        };

    [Theory, MemberData(nameof(Entries))]
    public void A_header_says_name_and_size_to_another_reader(string path, long size)
    {
        var archive = new ArrayBufferWriter<byte>();
        TarFrame.WriteHeader(archive, path, size, isDirectory: false);

        // A reader that seeks asks a file for no bytes beyond the header.
        using var folder = new TempFolder();
        using var file = File.Create(folder.File("tar"));
        file.Write(archive.WrittenSpan);
        file.Position = 0;
        using var tar = new TarReader(file);
        var entry = tar.GetNextEntry();
        Assert.Equal((path, size), (entry?.Name, entry?.Length));
        Assert.Equal(TarEntryType.RegularFile, entry?.EntryType);
    }

    [Fact]
    public void Files_and_directories_follow_each_other()
    {
        var archive = new ArrayBufferWriter<byte>();
        TarFrame.WriteHeader(archive, longName + "/", 0, isDirectory: true);
        foreach (var length in new[] { 0, 1, 512, 1000 })
        {
            TarFrame.WriteHeader(archive, $"{longName}/{length}", length, isDirectory: false);
            archive.Write(new byte[length]);
            TarFrame.WritePadding(archive, length);
        }

        TarFrame.WriteEnd(archive);
        Assert.Equal(0, archive.WrittenCount % 512);
        using var tar = new TarReader(new MemoryStream(archive.WrittenSpan.ToArray()));
        Assert.Equal(TarEntryType.Directory, tar.GetNextEntry()?.EntryType);
        foreach (var length in new[] { 0, 1, 512, 1000 })
        {
            var entry = tar.GetNextEntry(copyData: true);
            Assert.Equal(($"{longName}/{length}", length), (entry?.Name, (int?)entry?.Length));
        }

        Assert.Null(tar.GetNextEntry());
    }
}
