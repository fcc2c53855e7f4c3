using Braid.Access.Callers;
using Braid.Primitives;
using Braid.Testing;
using Braid.Tracking.Filters;
using Braid.Tracking.Runs;
using Braid.Tracking.Runs.Finding;
using Braid.Tracking.Series;

namespace Braid.Tracking.Tests;

/// <summary>Pages that indexes give are pages of the list that looking at every run gives.</summary>
public sealed class RunFindingTests
{
    private static readonly Caller someone = TrackingFixture.Someone;
    private static readonly string alike = new('é', 64);

    private static readonly string[] words =
    [
        "a",
        "ab",
        "abc",
        "b",
        "",
        "50%",
        "x_y",
        "\U0001F600",
        "\U0001F600!",
        alike,
        alike + "1",
        alike + "2",
    ];

    private static readonly RunStatus[] statuses = [RunStatus.Created, RunStatus.InProgress, RunStatus.Completed];

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_page_by_any_index_is_the_page_of_the_whole_list(string store)
    {
        var seed = Seed.Pick();
        var random = new Random(seed);
        await using var tracking = await TrackingFixture.OpenAsync(store);
        ProjectId[] projects =
        [
            Projects.Projects.Default,
            (await tracking.Projects.EnsureAsync(someone, "other", default)).Value.Id,
        ];
        await MakeAsync(tracking, random, projects, 70);
        var statements = new List<string>();
        tracking.Database.Watch = statements.Add;
        for (var round = 0; round < 250; round++)
        {
            var query = Query(random, projects);
            var whole = (await tracking.Runs.QueryAsync(someone, query, default)).Value.Items;

            var page = query with
            {
                Offset = random.Next(3) == 0 ? random.Next(20) : 0,
                Limit = random.Next(1, 9),
                Bounds = Bounds(random),
            };
            var found = (await tracking.Runs.QueryAsync(someone, page, default)).Value;

            var expected = whole.Skip(page.Offset).Take(page.Limit.Value).Select(run => run.Name + run.Id).ToList();
            var names = found.Items.Select(run => run.Name + run.Id);
            Assert.True(expected.SequenceEqual(names), $"seed {seed}, round {round}: {page}");
            Assert.True(found.More == whole.Count > page.Offset + page.Limit, $"seed {seed}, round {round}: {page}");
        }

        Assert.Contains(statements, sql => sql.Contains("MATERIALIZED", StringComparison.Ordinal));
        Assert.Contains(statements, sql => sql.Contains("FROM series o CROSS JOIN run e", StringComparison.Ordinal));
        Assert.Contains(statements, sql => sql.Contains("FROM parameter o CROSS JOIN run e", StringComparison.Ordinal));
        Assert.Contains(statements, sql => sql.Contains("FROM run e CROSS JOIN project p", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Values_longer_than_an_index_takes_are_kept_and_found(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var value = string.Concat(Enumerable.Repeat("🦊", 20_000));
        var change = new RunChange
        {
            SetTags = [new("note", value)],
            Parameters = new() { Set = [new("General", "text", value), new("General", "other", value + "!")] },
        };
        var run = await tracking.RunAsync(value[..8000], with: change);
        async Task<int> CountAsync(Filter where)
        {
            var query = new RunQuery { Where = where, Limit = 5 };
            return (await tracking.Runs.QueryAsync(someone, query, default)).Value.Items.Count;
        }

        var text = new Field.Parameter("General", "text");
        Assert.Equal(1, await CountAsync(new Filter.Compare(text, Comparison.Equal, value)));
        Assert.Equal(0, await CountAsync(new Filter.Compare(text, Comparison.Equal, value + "!")));
        Assert.Equal(1, await CountAsync(new Filter.Compare(text, Comparison.NotEqual, value + "!")));
        Assert.Equal(
            1,
            await CountAsync(new Filter.Compare(new Field.Tag("note"), Comparison.Like, value[..200] + "%"))
        );
        Assert.Equal(1, await CountAsync(new Filter.Compare(RunFields.Name, Comparison.Equal, run.Name)));
    }

    [Theory]
    [InlineData("^exp\\-1$", "exp-1")]
    [InlineData("^ab*c", "a")]
    [InlineData("^a\\.b\\d+", "a.b")]
    [InlineData("^a|b", "")]
    [InlineData("ab", "")]
    [InlineData("^a{0}b", "")]
    [InlineData("^a\\.?b", "a")]
    [InlineData("^(a)", "")]
    public void A_pattern_says_how_texts_begin(string pattern, string beginning) =>
        Assert.Equal(beginning, TextBeginning.OfPattern(pattern));

    [Theory]
    [InlineData("ab", "ac")]
    [InlineData("a\U0010FFFF", "b")]
    [InlineData("\U0010FFFF", null)]
    [InlineData("\uD7FF", "\uE000")]
    public void What_lies_beyond_a_beginning_is_the_least_text_that_does(string beginning, string? beyond) =>
        Assert.Equal(beyond, TextBeginning.Beyond(beginning));

    private static async Task MakeAsync(TrackingFixture tracking, Random random, ProjectId[] projects, int count)
    {
        for (var i = 0; i < count; i++)
        {
            tracking.Clock.Advance(TimeSpan.FromSeconds(random.Next(3)));
            var run = await tracking.Runs.CreateAsync(
                someone,
                new()
                {
                    Protocol = "test",
                    Name = Word(random),
                    Project = projects[random.Next(3) / 2],
                    Status = statuses[random.Next(statuses.Length)],
                    With = new()
                    {
                        SetTags = [.. Some(random, "team", "stage").Select(key => new Tag(key, Word(random)))],
                        Parameters = new()
                        {
                            Set =
                            [
                                .. Some(random, "lr", "a/lr")
                                    .Select(key => new RunParameter("General", key, Word(random))),
                                .. Some(random, "lr").Select(key => new RunParameter("a", key, Word(random))),
                            ],
                        },
                    },
                },
                default
            );
            var points = Some(random, "loss", "acc").Select(key => new Point(key, key, 1, 1, Value(random)));
            await tracking.Series.AppendAsync(someone, run.Value.Id, [.. points], default);
        }
    }

    private static RunQuery Query(Random random, ProjectId[] projects) =>
        new()
        {
            Where = new Filter.All([.. Enumerable.Range(0, random.Next(4)).Select(_ => Condition(random))]),
            Projects = random.Next(4) switch
            {
                0 => null,
                1 => projects,
                _ => [projects[0]],
            },
            OrderBy = [.. Enumerable.Range(0, random.Next(3)).Select(_ => Key(random)).DistinctBy(key => key.By)],
            Parts = RunParts.None,
        };

    private static FindingBounds Bounds(Random random)
    {
        var few = random.Next(12);
        return new(few, few + random.Next(60));
    }

    private static Filter Condition(Random random) =>
        random.Next(9) switch
        {
            0 => new Filter.Compare(Text(random), Comparison.Equal, Word(random)),
            1 => new Filter.Compare(Text(random), Comparison.NotEqual, Word(random)),
            2 => new Filter.Compare(Text(random), Comparison.Like, Word(random) + "%"),
            3 => new Filter.OneOf(Text(random), [Word(random), Word(random)]),
            4 => !new Filter.Missing(Text(random)),
            5 => new Filter.Matches(
                RunFields.Name,
                "^" + System.Text.RegularExpressions.Regex.Escape(Word(random)) + "$"
            ),
            6 => new Filter.OneOf(RunFields.Status, [statuses[random.Next(statuses.Length)].ToText()]),
            7 => new Filter.Compare(
                Metric(random),
                (Comparison)random.Next(6),
                Value(random) is double.NaN ? 1.0 : 2.0
            ),
            _ => new Filter.Compare(new Field.Parameter("General", "a/lr"), Comparison.Equal, Word(random))
                | new Filter.Compare(new Field.Parameter("a", "lr"), Comparison.Equal, Word(random)),
        };

    private static Order Key(Random random) =>
        new(
            random.Next(9) switch
            {
                0 or 1 => Metric(random),
                2 => RunFields.Started,
                3 => RunFields.LastUpdate,
                4 => RunFields.Created,
                5 => RunFields.Begun,
                6 or 7 => new Field.Parameter("General", "lr") { SortsAsText = true },
                _ => Text(random),
            },
            random.Next(2) == 0
        );

    private static Field Text(Random random) =>
        random.Next(4) switch
        {
            0 => RunFields.Name,
            1 => new Field.Tag(random.Next(2) == 0 ? "team" : "stage"),
            _ => new Field.Parameter("General", "lr"),
        };

    private static Field.Metric Metric(Random random) =>
        random.Next(3) == 0 ? new("acc", "acc", MetricValue.Max) : new("loss", "loss");

    private static double Value(Random random) => random.Next(8) is var value and > 0 ? value : double.NaN;

    private static string Word(Random random) => words[random.Next(words.Length)];

    private static IEnumerable<string> Some(Random random, params string[] all) => all.Where(_ => random.Next(3) > 0);
}
