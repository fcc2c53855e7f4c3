using Braid.Cli.Diffs;
using Braid.Cli.Output;

namespace Braid.Cli.Tests.Diffs;

public sealed class LineDiffTests
{
    /// <summary>What is said to be common is common, in order, and there is no more of it.</summary>
    [Fact]
    public void The_change_is_right_and_the_smallest()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var round = 0; round < 2000; round++)
        {
            var (old, current) = (Lines(random), Lines(random));
            var common = LineDiff.Common(old, current);
            var (oldAt, newAt) = (0, 0);
            foreach (var lines in common)
            {
                Assert.True(lines.Old >= oldAt && lines.New >= newAt, $"seed {seed}");
                Assert.Equal(old.Skip(lines.Old).Take(lines.Length), current.Skip(lines.New).Take(lines.Length));
                (oldAt, newAt) = (lines.Old + lines.Length, lines.New + lines.Length);
            }

            Assert.True(Longest(old, current) == common.Sum(lines => lines.Length), $"seed {seed}, round {round}");
        }
    }

    [Fact]
    public void Sides_with_nothing_in_common_are_not_compared_to_the_end()
    {
        var old = Enumerable.Range(0, 200_000).Select(line => $"old {line}").ToList();
        var current = Enumerable.Range(0, 200_000).Select(line => $"new {line}").ToList();
        Assert.Empty(LineDiff.Common(old, current));
    }

    [Fact]
    public void A_patch_made_of_random_texts_applies()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var round = 0; round < 500; round++)
        {
            var (old, current) = (Lines(random), Lines(random));
            using var patch = new StringWriter();
            new UnifiedDiff(patch, Plain, random.Next(4)).Write("a/x", "b/x", old, current);
            var patched = Patched(old, patch.ToString());
            Assert.True(current.SequenceEqual(patched), $"seed {seed}, round {round}:\n{patch}");
        }
    }

    [Fact]
    public void The_text_is_what_diff_prints()
    {
        string[] old = ["a\n", "b\n", "c\n", "d\n", "e\n", "f\n", "g\n", "h\n", "i\n", "j\n", "k\n"];
        string[] current = ["a\n", "B\n", "c\n", "d\n", "e\n", "f\n", "g\n", "h\n", "i\n", "k\n", "l"];
        using var text = new StringWriter();
        new UnifiedDiff(text, Plain, 1).Write("a/x", "b/x", old, current);
        Assert.Equal(
            """
            --- a/x
            +++ b/x
            @@ -1,3 +1,3 @@
             a
            -b
            +B
             c
            @@ -9,3 +9,3 @@
             i
            -j
             k
            +l
            \ No newline at end of file

            """,
            text.ToString()
        );
    }

    private static Style Plain => new(TimeProvider.System, UsesColor: false, FullTimestamps: false);

    private static List<string> Lines(Random random) =>
        [.. Enumerable.Range(0, random.Next(20)).Select(_ => $"{"abcd"[random.Next(4)]}\n")];

    /// <summary>The plain way, whose cost is the product of the lengths.</summary>
    private static int Longest(List<string> old, List<string> current)
    {
        var lengths = new int[old.Count + 1, current.Count + 1];
        for (var i = 1; i <= old.Count; i++)
        {
            for (var j = 1; j <= current.Count; j++)
            {
                lengths[i, j] =
                    old[i - 1] == current[j - 1]
                        ? lengths[i - 1, j - 1] + 1
                        : Math.Max(lengths[i - 1, j], lengths[i, j - 1]);
            }
        }

        return lengths[old.Count, current.Count];
    }

    /// <summary>Applies a patch by its numbers and signs alone.</summary>
    private static List<string> Patched(List<string> old, string patch)
    {
        var result = new List<string>();
        var at = 0;
        foreach (var line in patch.Split('\n', StringSplitOptions.RemoveEmptyEntries).SkipWhile(line => line[0] != '@'))
        {
            if (line[0] == '@')
            {
                var range = line.Split(' ')[1][1..].Split(',');
                var start = int.Parse(range[0]) - (range is [_, "0"] ? 0 : 1);
                result.AddRange(old[at..start]);
                at = start;
                continue;
            }

            if (line[0] != '+')
            {
                Assert.Equal(old[at++], line[1..] + "\n");
            }

            if (line[0] != '-')
            {
                result.Add(line[1..] + "\n");
            }
        }

        return [.. result, .. old[at..]];
    }
}
