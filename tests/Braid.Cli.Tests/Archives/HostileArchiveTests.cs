using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Braid.Cli.Archives;
using Braid.Cli.CommandLine;

namespace Braid.Cli.Tests.Archives;

/// <summary>What an archive may not hold, and what an honest one does.</summary>
public sealed class HostileArchiveTests
{
    [Theory]
    [InlineData("/etc/passwd", "its path is absolute")]
    [InlineData("../../evil", "its path leads out of the archive")]
    [InlineData("a/../../evil", "its path leads out of the archive")]
    [InlineData("C:/evil", "its path is absolute")]
    [InlineData("a\u001b[2J", "its name has control characters")]
    public async Task A_name_that_leads_elsewhere_is_refused(string name, string why)
    {
        Assert.EndsWith(why, await RefusedAsync(Tar(new PaxTarEntry(TarEntryType.RegularFile, name))));
        Assert.EndsWith(why, await RefusedAsync(Zip((name, "x"))));
    }

    [Theory]
    [InlineData(TarEntryType.SymbolicLink, "it is a link")]
    [InlineData(TarEntryType.HardLink, "it is a link")]
    [InlineData(TarEntryType.Fifo, "it is neither a file nor a directory")]
    [InlineData(TarEntryType.CharacterDevice, "it is neither a file nor a directory")]
    public async Task What_is_no_file_is_refused(TarEntryType type, string why)
    {
        var entry = new PaxTarEntry(type, "bad");
        if (type is TarEntryType.SymbolicLink or TarEntryType.HardLink)
        {
            entry.LinkName = "/etc/passwd";
        }

        Assert.StartsWith($"x: refused bad: {why}", await RefusedAsync(Tar(entry)));
    }

    [Fact]
    public async Task A_link_in_a_zip_is_refused()
    {
        var archive = Zip(("a", "/etc/passwd"), change: entry => entry.ExternalAttributes = 0xA1FF << 16);
        Assert.StartsWith("x: refused a: it is a link", await RefusedAsync(archive));
    }

    [Fact]
    public async Task A_zip_whose_content_is_damaged_is_refused()
    {
        var archive = Zip(("a", "hello"), CompressionLevel.NoCompression);
        archive[archive.AsSpan().IndexOf("hello"u8)] ^= 1;
        Assert.StartsWith("x: refused a: its content is not what", await RefusedAsync(archive));
    }

    [Fact]
    public async Task An_archive_that_is_cut_short_is_refused()
    {
        var tar = Tar(File("a", new('x', 5000)));
        Assert.EndsWith("it is cut short", await RefusedAsync(tar[..3000]));
        Assert.StartsWith("x: no archive, or a damaged one", await RefusedAsync(Packed(tar)[..60]));
    }

    [Fact]
    public async Task Any_other_bytes_are_no_archive() =>
        Assert.EndsWith("a header's number is none", await RefusedAsync(Encoding.UTF8.GetBytes(new string('x', 2000))));

    [Fact]
    public void An_archive_that_unpacks_to_far_more_than_itself_is_refused()
    {
        var guard = new MemberGuard("x", () => 1_000_000);
        guard.Count("zeros", MemberGuard.FreeBytes);
        var refused = Assert.Throws<Failure>(() => guard.Count("zeros", 1));
        Assert.StartsWith("x: refused zeros: the archive unpacks to more than 200 times", refused.Message);
    }

    [Fact]
    public async Task A_header_cannot_ask_for_memory()
    {
        var archive = Tar(File("a", "x"));
        // The block of the extended header, which comes first, claims a gigabyte.
        "10000000000\0"u8.CopyTo(archive.AsSpan(124));
        Fix(archive);
        Assert.Contains("1073741824 bytes", await RefusedAsync(archive));
    }

    [Fact]
    public async Task Every_honest_form_gives_the_same_files()
    {
        var deep = string.Join('/', Enumerable.Repeat("deep", 60));
        TarEntry[] entries =
        [
            new PaxTarEntry(TarEntryType.Directory, "dir/"),
            File("./dir/a", "one"),
            File($"dir/{deep}/ünïcode", "two"),
            File("empty", ""),
            File("large", new('l', 700_000)),
        ];
        string[] expected = ["dir/a one", $"dir/{deep}/ünïcode two", "empty ", $"large {new string('l', 700_000)}"];
        Assert.Equal(expected, await FilesAsync(Tar(entries)));
        Assert.Equal(expected, await FilesAsync(Packed(Tar(entries))));
        Assert.Equal(expected, await FilesAsync(Gnu(entries)));
        Assert.Equal(
            expected,
            await FilesAsync(Zip([.. entries.Skip(1).Select(entry => (entry.Name, Content(entry)))]))
        );
    }

    /// <summary>The scanner and the base library's reader agree on archives of random names and sizes.</summary>
    [Fact]
    public async Task It_reads_what_the_base_library_writes()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var entries = Enumerable
            .Range(0, 200)
            .Select(i => File($"{new string('n', random.Next(1, 300))}/{i}", new('c', random.Next(0, 3000))))
            .ToArray();
        var expected = entries.Select(entry => $"{entry.Name} {Content(entry)}").ToList();
        Assert.True(expected.SequenceEqual(await FilesAsync(Tar(entries))), $"seed {seed}");
        Assert.True(expected.SequenceEqual(await FilesAsync(Gnu(entries))), $"seed {seed}");
    }

    private static async Task<string> RefusedAsync(byte[] archive) =>
        (await Assert.ThrowsAsync<Failure>(() => FilesAsync(archive))).Message;

    private static async Task<List<string>> FilesAsync(byte[] archive)
    {
        var files = new List<string>();
        await foreach (var piece in ArchiveReader.ReadAsync("x", new MemoryStream(archive), default))
        {
            var text = Encoding.UTF8.GetString(piece.Bytes.Span);
            if (piece.IsFirst)
            {
                files.Add($"{piece.Path} {text}");
            }
            else
            {
                files[^1] += text;
            }
        }

        return files;
    }

    private static PaxTarEntry File(string name, string content) =>
        new(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)) };

    private static string Content(TarEntry entry) =>
        Encoding.UTF8.GetString(((MemoryStream)entry.DataStream!).ToArray());

    private static byte[] Gnu(TarEntry[] entries) =>
        Tar([
            .. entries
                .Where(entry => entry.DataStream is not null)
                .Select(entry => new GnuTarEntry(entry.EntryType, entry.Name) { DataStream = entry.DataStream }),
        ]);

    private static byte[] Tar(params TarEntry[] entries)
    {
        using var bytes = new MemoryStream();
        using (var writer = new TarWriter(bytes, leaveOpen: true))
        {
            foreach (var entry in entries)
            {
                entry.DataStream?.Position = 0;
                writer.WriteEntry(entry);
            }
        }

        return bytes.ToArray();
    }

    private static byte[] Packed(byte[] archive)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest))
        {
            gzip.Write(archive);
        }

        return bytes.ToArray();
    }

    private static byte[] Zip(
        (string Name, string Content) file,
        CompressionLevel level = CompressionLevel.Optimal,
        Action<ZipArchiveEntry>? change = null
    ) => Zip([file], level, change);

    private static byte[] Zip(
        (string Name, string Content)[] files,
        CompressionLevel level = CompressionLevel.Optimal,
        Action<ZipArchiveEntry>? change = null
    )
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                var entry = zip.CreateEntry(name, level);
                change?.Invoke(entry);
                using var stream = entry.Open();
                stream.Write(Encoding.UTF8.GetBytes(content));
            }
        }

        return bytes.ToArray();
    }

    private static void Fix(Span<byte> header)
    {
        header.Slice(148, 8).Fill((byte)' ');
        long sum = 0;
        foreach (var b in header[..512])
        {
            sum += b;
        }

        Encoding.ASCII.GetBytes($"{Convert.ToString(sum, 8).PadLeft(6, '0')}\0 ").CopyTo(header[148..]);
    }
}
