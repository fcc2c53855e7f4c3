using Braid.Data.Content;
using Braid.Data.EditLogs;
using Braid.Primitives;
using Braid.Storage;
using Braid.Storage.Blobs;
using Braid.Storage.Files;
using Braid.Storage.Trees;
using Braid.Testing;
using Xunit.Abstractions;

namespace Braid.Data.Tests.EditLogs;

public sealed class EditLogTests(ITestOutputHelper output)
{
    [Theory, InlineData(1), InlineData(2)]
    public async Task Edits_are_read_as_they_were_written_however_many_they_are(int seed)
    {
        var random = NewRandom(seed);
        using var folder = new TempFolder();
        await using var store = await OpenAsync(folder);
        using var log = new EditLog(store);
        var edits = Enumerable.Range(0, 70_000).Select(_ => AnyEdit(random, depth: 9)).ToList();
        foreach (var edit in edits)
        {
            await log.AddAsync(edit, default);
        }

        Assert.Equal(edits.Count, log.Count);
        Assert.Equal(edits, await log.ReadAsync().ToListAsync());
        Assert.Equal(edits, await log.ReadAsync().ToListAsync());
    }

    [Fact]
    public async Task Hundreds_of_thousands_of_edits_hold_a_few_MiB_and_leave_no_file_behind()
    {
        using var folder = new TempFolder();
        await using var store = await OpenAsync(folder);
        using (var log = new EditLog(store))
        {
            for (var i = 0; i < 200_000; i++)
            {
                await log.AddAsync(new FileEdit.Put($"/some/directory/file{i}.png", Content(i)), default);
            }

            Assert.InRange(log.Held, 1, 4 << 20);
            Assert.NotEmpty(Directory.EnumerateFiles(folder.File("blobs/tmp")));
        }

        Assert.Empty(Directory.EnumerateFiles(folder.File("blobs/tmp")));
    }

    [Theory, InlineData(777488351), InlineData(1), InlineData(2), InlineData(3)]
    public async Task Edits_in_many_batches_make_the_tree_that_they_make_at_once(int seed)
    {
        var random = NewRandom(seed);
        using var folder = new TempFolder();
        await using var store = await OpenAsync(folder);
        using var hold = store.Hold();
        DatumLedger Ledger() => new(hold, TreeRoot.Empty, DatumMarks.None);
        for (var round = 0; round < 60; round++)
        {
            using var log = new EditLog(store);
            for (var i = random.Next(40); i >= 0; i--)
            {
                await log.AddAsync(AnyEdit(random, depth: 2), default);
            }

            var atOnce = await TreeComposer.ComposeAsync(hold, TreeRoot.Empty, Ledger(), log.ReadAsync, default);
            var inBatches = await TreeComposer.ComposeAsync(
                hold,
                TreeRoot.Empty,
                Ledger(),
                log.ReadAsync,
                default,
                mostInBatch: 3
            );
            Assert.Equal(atOnce.Error?.Code, inBatches.Error?.Code);
            if (atOnce.IsOk)
            {
                Assert.Equal(atOnce.Value, inBatches.Value);
            }
        }
    }

    [Fact]
    public async Task A_log_that_is_cut_or_damaged_is_refused()
    {
        using var folder = new TempFolder();
        await using var store = await OpenAsync(folder);
        using var log = new EditLog(store);
        await log.AddAsync(new FileEdit.DeleteTree("/a"), default);
        await log.AddAsync(new FileEdit.Put("/b", Content(1)), default);
        using var copy = new MemoryStream();
        await (await log.OpenReadAsync(default)).CopyToAsync(copy);
        var bytes = copy.ToArray();

        await Assert.ThrowsAsync<CorruptionException>(() => ReadAsync(bytes[..^1]));
        await Assert.ThrowsAsync<CorruptionException>(() => ReadAsync([99, .. bytes[1..]]));

        static async Task ReadAsync(byte[] log) => await EditReader.ReadAsync(new MemoryStream(log)).ToListAsync();
    }

    private Random NewRandom(int seed)
    {
        output.WriteLine($"seed {seed}");
        return new(seed);
    }

    private static Task<ContentStore> OpenAsync(TempFolder folder) =>
        ContentStore.OpenAsync(new BlobAddress.Folder(folder.File("blobs")), TimeProvider.System, default);

    /// <summary>Content that nobody stored; trees do not look into it.</summary>
    private static FileContent Content(int i) => new(Sha256Hash.Of(BitConverter.GetBytes(i)), i % 1000, 0);

    private static FileEdit AnyEdit(Random random, int depth)
    {
        var path = string.Concat(
            Enumerable.Range(0, random.Next(1, depth + 1)).Select(_ => $"/{"abé"[random.Next(3)]}{random.Next(2)}")
        );
        FileEdit edit = random.Next(10) switch
        {
            < 5 => new FileEdit.Put(path, Content(random.Next())),
            < 7 => new FileEdit.DeleteFile(path),
            < 8 => new FileEdit.DeleteTree(path),
            < 9 => new FileEdit.Graft(path, FileAt(path, Content(random.Next()))),
            _ => new FileEdit.Append(path + "x", FileContent.Empty),
        };
        return edit with { Datum = random.Next(3) == 0 ? "d" : "" };
    }

    private static TreeEntry FileAt(string path, FileContent content) =>
        new(path, EntryKind.File, content.Size, 1, content.Hash, content);
}
