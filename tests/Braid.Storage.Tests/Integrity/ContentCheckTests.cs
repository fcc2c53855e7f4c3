using Braid.Storage.Files;
using Braid.Storage.Trees;
using Braid.Testing;
using Xunit.Abstractions;

namespace Braid.Storage.Tests.Integrity;

public sealed class ContentCheckTests(ITestOutputHelper output)
{
    [Fact]
    public async Task What_the_store_writes_is_sound()
    {
        var seed = Seed.Pick();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var fixture = await StoreFixture.OpenAsync();
        var check = fixture.Store.Check();
        var root = TreeRoot.Empty;
        Assert.True((await check.CheckAsync(root, default)).IsSound);
        for (var round = 0; round < 6; round++)
        {
            var edits = new List<TreeEdit>();
            for (var i = 0; i < 3000; i++)
            {
                var content = await fixture.PutTextAsync($"{random.Next(500)}");
                edits.Add(new TreeEdit.Put($"/{random.Next(4)}/{random.Next(3000)}", content));
            }

            var large = StoreFixture.RandomBytes(random.Next(), random.Next(5_000_000));
            edits.Add(new TreeEdit.Put("/large/x", await WriteAsync(fixture, large)));
            root = await fixture.ApplyAsync(root, [.. edits]);
            var report = await check.CheckAsync(root, default);
            Assert.True(report.IsSound, string.Join('\n', report.Problems));
            Assert.Equal(await fixture.Store.StatsAsync(root, default), report.Stats);
        }
    }

    [Fact]
    public async Task A_lost_chunk_is_named_with_every_path_that_it_touches_in_every_tree()
    {
        await using var fixture = await StoreFixture.OpenAsync();
        var lost = new FileContent(Braid.Primitives.Sha256Hash.Of("never stored"u8), 12, 0);
        var kept = await fixture.PutTextAsync("here");
        var first = await fixture.ApplyAsync(
            TreeRoot.Empty,
            new TreeEdit.Put("/a/lost", lost),
            new TreeEdit.Put("/b/kept", kept),
            new TreeEdit.Put("/lost too", lost)
        );
        var second = await fixture.ApplyAsync(first, new TreeEdit.DeleteFile("/lost too"));
        var check = fixture.Store.Check();
        Assert.Equal(["/a/lost", "/lost too"], await PathsAsync(first));
        Assert.Equal(["/a/lost"], await PathsAsync(second));

        async Task<string[]> PathsAsync(TreeRoot root) =>
            [.. (await check.CheckAsync(root, default)).Problems.Select(problem => problem.Path)];
    }

    [Fact]
    public async Task Sizes_that_do_not_add_up_are_found()
    {
        await using var fixture = await StoreFixture.OpenAsync();
        var real = await fixture.PutTextAsync("four");
        var tooLong = real with { Size = 5 };
        var root = await fixture.ApplyAsync(TreeRoot.Empty, new TreeEdit.Put("/d/f", tooLong));
        var problem = Assert.Single((await fixture.Store.Check().CheckAsync(root, default)).Problems);
        Assert.Equal("/d/f", problem.Path);
        Assert.Contains("has 4 bytes, and should have 5", problem.Why, StringComparison.Ordinal);

        var large = await WriteAsync(fixture, StoreFixture.RandomBytes(1, 3_000_000));
        var report = await fixture.Store.Check().CheckAsync(large with { Size = 3_000_001 }, "upload", default);
        Assert.Equal("upload", Assert.Single(report.Problems).Path);
    }

    private static async Task<FileContent> WriteAsync(StoreFixture fixture, byte[] bytes)
    {
        FileContent content = await fixture.Hold.WriteAsync(bytes, default);
        return content;
    }
}
