using Braid.Data.Globbing;

namespace Braid.Data.Tests.Globbing;

/// <summary>Random patterns of the whole grammar against a matcher that tries everything.</summary>
public sealed class GlobReferenceTests
{
    private const string letters = "ab/";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Patterns_match_what_trying_everything_matches(int seed)
    {
        var random = new Random(seed);
        var matched = 0;
        for (var round = 0; round < 1500; round++)
        {
            var nodes = RandomNodes(random, depth: 2, mayNegate: true);
            var pattern = string.Concat(nodes.Select(node => node.Text));
            var path = Letters(random, 6);
            if (pattern.Trim('/') != pattern || pattern.Length * path.Length == 0 || path.Trim('/') != path)
            {
                continue;
            }

            var expected = Matches(nodes, path, 0);
            matched += expected ? 1 : 0;
            Assert.True(
                expected == Glob.Parse(pattern).Value.IsMatch(path),
                $"seed {seed}: '{pattern}' and '{path}': expected {expected}"
            );
        }

        Assert.InRange(matched, 50, 1450);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void A_part_without_groups_matches_what_its_regular_expression_matches(int seed)
    {
        // A letter beyond the basic plane, and the halves of its pair alone.
        string[] parts = ["*", "?", "[!a]", "[a-b]", "a", "b", "\U0001F600", "\uD83D", "\uDE00"];
        var random = new Random(seed);
        var matched = 0;
        for (var round = 0; round < 20_000; round++)
        {
            // A star before a star reads as another sign.
            var pattern = Any(5);
            if (pattern.Contains("**", StringComparison.Ordinal))
            {
                continue;
            }

            var name = Any(6).Replace('*', 'c').Replace('?', 'd').Replace('[', 'e');
            var glob = Glob.Parse(pattern).Value;
            Assert.True(glob.IsPlain, $"seed {seed}: '{pattern}'");
            var expected = glob.IsMatch(name);
            matched += expected ? 1 : 0;
            Assert.True(
                expected == glob.Segments.Single().IsMatch(name),
                $"seed {seed}: '{pattern}' and '{name}': expected {expected}"
            );
        }

        Assert.InRange(matched, 200, 19_800);

        string Any(int most) =>
            string.Concat(Enumerable.Range(0, random.Next(1, most)).Select(_ => parts[random.Next(parts.Length)]));
    }

    /// <summary>True when the nodes can stand for the text from a place to its end.</summary>
    private static bool Matches(IReadOnlyList<Node> nodes, string text, int at) =>
        nodes.Count == 0
            ? at == text.Length
            : nodes[0].Ends(text, at, nodes.Skip(1).ToList()).Any(end => Matches([.. nodes.Skip(1)], text, end));

    /// <summary>Where a sequence can end that begins at a place.</summary>
    private static HashSet<int> Ends(IReadOnlyList<Node> nodes, string text, int at) =>
        nodes.Aggregate(
            new HashSet<int> { at },
            (places, node) => [.. places.SelectMany(place => node.Ends(text, place, []))]
        );

    private static List<Node> RandomNodes(Random random, int depth, bool mayNegate)
    {
        var nodes = new List<Node>();
        for (var left = random.Next(1, 4); left > 0; left--)
        {
            var node = RandomNode(random, depth, mayNegate);
            // A star before a star reads as another sign.
            if (nodes is not [.., var last] || !last.Text.EndsWith('*') || !node.Text.StartsWith('*'))
            {
                nodes.Add(node);
            }
        }

        return nodes;
    }

    private static Node RandomNode(Random random, int depth, bool mayNegate) =>
        random.Next(depth == 0 ? 6 : 9) switch
        {
            0 => new("*", (text, at, _) => Run(text, at, slashes: false)),
            1 => new("**", (text, at, _) => Run(text, at, slashes: true)),
            2 => new("?", (text, at, _) => One(text, at, sign => sign != '/')),
            3 => new("[!a]", (text, at, _) => One(text, at, sign => sign is not ('a' or '/'))),
            4 => new("[a-b]", (text, at, _) => One(text, at, sign => sign is 'a' or 'b')),
            5 => Literal(letters[random.Next(letters.Length)]),
            _ => RandomGroup(random, depth - 1, mayNegate),
        };

    private static Node RandomGroup(Random random, int depth, bool mayNegate)
    {
        var choices = Enumerable
            .Range(0, random.Next(1, 3))
            .Select(_ => RandomNodes(random, depth, mayNegate: false))
            .ToList();
        var sign = (mayNegate ? "?*+@{!" : "?*+@{")[random.Next(mayNegate ? 6 : 5)];
        var texts = choices.Select(choice => string.Concat(choice.Select(node => node.Text)));
        var written = sign == '{' ? $"{{{string.Join(',', texts)}}}" : $"{sign}({string.Join('|', texts)})";
        return new(written, (text, at, rest) => GroupEnds(sign, choices, text, at, rest));
    }

    private static IEnumerable<int> GroupEnds(
        char sign,
        List<List<Node>> choices,
        string text,
        int at,
        IReadOnlyList<Node> rest
    )
    {
        HashSet<int> once = [.. choices.SelectMany(choice => Ends(choice, text, at))];
        return sign switch
        {
            '?' => once.Append(at),
            '*' => Repeated(choices, text, [at]),
            '+' => Repeated(choices, text, once),
            '!' => once.Any(end => Matches(rest, text, end)) ? [] : Run(text, at, slashes: false),
            _ => once,
        };
    }

    private static HashSet<int> Repeated(List<List<Node>> choices, string text, HashSet<int> places)
    {
        while (true)
        {
            var more = places.SelectMany(place => choices.SelectMany(choice => Ends(choice, text, place))).ToHashSet();
            if (more.IsSubsetOf(places))
            {
                return places;
            }

            places = [.. places, .. more];
        }
    }

    private static IEnumerable<int> Run(string text, int at, bool slashes)
    {
        for (var end = at; end <= text.Length; end++)
        {
            yield return end;
            if (end < text.Length && text[end] == '/' && !slashes)
            {
                yield break;
            }
        }
    }

    private static Node Literal(char sign) => new($"{sign}", (text, at, _) => One(text, at, found => found == sign));

    private static int[] One(string text, int at, Func<char, bool> allows) =>
        at < text.Length && allows(text[at]) ? [at + 1] : [];

    private static string Letters(Random random, int longest) =>
        new([.. Enumerable.Range(0, random.Next(1, longest + 1)).Select(_ => letters[random.Next(letters.Length)])]);

    /// <summary>A part of a pattern: how it is written, and where it can end, given what follows it.</summary>
    private sealed record Node(string Text, Func<string, int, IReadOnlyList<Node>, IEnumerable<int>> Ends);
}
