using Braid.Storage.Files;
using Braid.Storage.Trees;
using Xunit.Abstractions;

namespace Braid.Storage.Tests.Trees;

/// <summary>Trees against a sorted dictionary from path to content, on random edits; the seed is printed.</summary>
public sealed class TreeModelTests(ITestOutputHelper output)
{
    public static TheoryData<int, int> SeedsAndNames =>
        new()
        {
            { 1, 6 },
            { 2, 40 },
            { 3, 3000 },
            { 4, 3000 },
            { 5, 100 },
        };

    [Theory]
    [MemberData(nameof(SeedsAndNames))]
    public async Task Random_edits_give_what_a_dictionary_gives_whatever_the_history(int seed, int names)
    {
        output.WriteLine($"seed {seed}");
        await using var fixture = await StoreFixture.OpenAsync();
        var random = new Random(seed);
        var contents = await ContentsAsync(fixture);
        var model = new TreeModel();
        var root = TreeRoot.Empty;
        for (var round = 0; round < 12; round++)
        {
            var edits = Enumerable.Range(0, random.Next(1, names)).Select(_ => Edit(random, names, contents)).ToList();
            var before = model.Clone();
            var applied = await fixture.Hold.ApplyAsync(root, edits, default);
            if (!model.TryApply(edits))
            {
                Assert.False(applied.IsOk);
                model = before;
                continue;
            }

            Assert.True(applied.IsOk, applied.Error?.ToString());
            await AssertHoldsAsync(fixture, applied.Value, model);
            Assert.Equal(await FromScratchAsync(fixture, model, random), applied.Value);
            await AssertDiffAsync(fixture, root, applied.Value, before, model);
            root = applied.Value;
        }
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public async Task Merging_parts_of_a_tree_gives_the_tree(int seed)
    {
        output.WriteLine($"seed {seed}");
        await using var fixture = await StoreFixture.OpenAsync();
        var random = new Random(seed);
        var contents = await ContentsAsync(fixture);
        var model = new TreeModel();
        for (var i = 0; i < 2000; i++)
        {
            model.TryApply([
                new TreeEdit.Put($"/d{random.Next(20)}/f{random.Next(500)}", contents[random.Next(contents.Length)]),
            ]);
        }

        var parts = new List<TreeRoot>();
        foreach (var part in model.Files.GroupBy(_ => random.Next(150)))
        {
            parts.Add(
                await fixture.ApplyAsync(
                    TreeRoot.Empty,
                    [.. part.Select(file => new TreeEdit.Put(file.Key, file.Value))]
                )
            );
        }

        var merged = await fixture.Hold.MergeAsync(parts, default);
        Assert.Equal(await FromScratchAsync(fixture, model, random), merged.Value);
    }

    private static async Task<FileContent[]> ContentsAsync(StoreFixture fixture)
    {
        var contents = new FileContent[20];
        for (var i = 0; i < contents.Length; i++)
        {
            contents[i] = await fixture.PutTextAsync(new string('x', i));
        }

        return contents;
    }

    private static TreeEdit Edit(Random random, int names, FileContent[] contents)
    {
        var path = random.Next(3) switch
        {
            0 => $"/{Name(random, names)}",
            1 => $"/d{random.Next(3)}/{Name(random, names)}",
            _ => $"/d{random.Next(3)}/e{random.Next(3)}/{Name(random, names)}",
        };
        return random.Next(100) switch
        {
            < 70 => new TreeEdit.Put(path, contents[random.Next(contents.Length)]),
            < 97 => new TreeEdit.DeleteFile(path),
            97 => new TreeEdit.DeleteTree($"/d{random.Next(3)}"),
            98 => new TreeEdit.DeleteTree($"/d{random.Next(3)}/e{random.Next(3)}"),
            _ => new TreeEdit.DeleteTree(path),
        };
    }

    private static string Name(Random random, int names) =>
        random.Next(40) switch
        {
            0 => $"ü{random.Next(names)}",
            1 => $"d{random.Next(3)}.x",
            _ => $"f{random.Next(names)}",
        };

    private static async Task<TreeRoot> FromScratchAsync(StoreFixture fixture, TreeModel model, Random random)
    {
        var puts = model.Files.Select(file => new TreeEdit.Put(file.Key, file.Value)).ToArray<TreeEdit>();
        random.Shuffle(puts);
        return await fixture.ApplyAsync(TreeRoot.Empty, puts);
    }

    private static async Task AssertHoldsAsync(StoreFixture fixture, TreeRoot root, TreeModel model)
    {
        var walked = await fixture.Store.WalkAsync(root, "/", null, default).ToListAsync();
        Assert.Equal(model.Paths(), walked.Select(entry => entry.Path));
        var files = walked
            .Where(entry => entry.Kind == EntryKind.File)
            .ToDictionary(entry => entry.Path, entry => entry.Content);
        Assert.Equal(model.Files.Count, files.Count);
        Assert.All(model.Files, file => Assert.Equal(file.Value, files[file.Key]));
        var stats = await fixture.Store.StatsAsync(root, default);
        Assert.Equal(new TreeStats(model.Files.Count, model.Files.Values.Sum(content => content.Size)), stats);
    }

    private static async Task AssertDiffAsync(
        StoreFixture fixture,
        TreeRoot old,
        TreeRoot now,
        TreeModel before,
        TreeModel after
    )
    {
        var changes = await fixture.Store.DiffAsync(old, now, "/", default).ToListAsync();
        var files = changes.Where(change => change.Kind == EntryKind.File).ToList();
        Assert.Equal(TreeModel.Sort(files.Select(change => change.Path)), files.Select(change => change.Path));
        var expected = before
            .Files.Keys.Union(after.Files.Keys)
            .Where(path => before.Files.GetValueOrDefault(path) != after.Files.GetValueOrDefault(path));
        Assert.Equal(TreeModel.Sort(expected), files.Select(change => change.Path));
        Assert.All(files, change => Assert.Equal(before.Files.GetValueOrDefault(change.Path), change.Old?.Content));
        Assert.All(files, change => Assert.Equal(after.Files.GetValueOrDefault(change.Path), change.New?.Content));
    }
}
