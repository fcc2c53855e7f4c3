using Braid.Access.Callers;
using Braid.Primitives;
using Braid.Testing;
using Braid.Tracking.Filters;
using Braid.Tracking.Models;
using Braid.Tracking.Runs;
using Braid.Tracking.Series;

namespace Braid.Tracking.Tests;

/// <summary>Filters and orders in SQL against the plain meaning, evaluated here.</summary>
public sealed class RunFilterTests
{
    private static readonly Caller someone = TrackingFixture.Someone;
    private static readonly Field.Metric loss = new("loss", "loss");
    private static readonly Field.Parameter rate = new("General", "lr");
    private static readonly Field.Tag team = new("team");

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Any_condition_finds_what_its_plain_meaning_finds(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var random = new Random(31);
        await MakeAsync(tracking, random, 40);
        var all = (await tracking.Runs.QueryAsync(someone, new(), default)).Value.Items;
        Assert.Equal(40, all.Count);
        for (var round = 0; round < 150; round++)
        {
            var filter = Any(random, depth: 3);
            var found = await tracking.Runs.QueryAsync(
                someone,
                new() { Where = filter, Parts = RunParts.None },
                default
            );
            Assert.True(found.IsOk, $"{found.Error}");
            var expected = all.Where(run => Holds(filter, run)).Select(run => run.Id);
            Assert.True(expected.SequenceEqual(found.Value.Items.Select(run => run.Id)), $"round {round}: {filter}");
        }
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_condition_of_thousands_of_values_is_asked_and_one_of_more_than_a_store_takes_refused(
        string store
    )
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        await tracking.RunAsync("a", with: new() { Labels = ["x4999"] });
        async Task<Result<long>> CountAsync(int values) =>
            await tracking.Runs.CountAsync(
                someone,
                new()
                {
                    Where = new Filter.Any([
                        .. Enumerable.Range(0, values).Select(number => new Filter.HasLabel($"x{number}")),
                    ]),
                },
                default
            );

        Assert.Equal(1, (await CountAsync(5_000)).Value);
        Assert.Equal(0, (await CountAsync(4_999)).Value);
        Assert.Equal("tracking.too-many-values", (await CountAsync(30_000)).Error?.Code);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task What_a_protocol_keeps_with_a_run_is_found_and_ordered_by(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        await tracking.RunAsync("a", with: new() { Documents = new() { Extra = """{"text":"pears"}""" } });
        await tracking.RunAsync("b", with: new() { Documents = new() { Extra = """{"text":"apples"}""" } });
        await tracking.RunAsync("c");
        var text = RunFields.InExtra(["text"]);
        async Task<string> FindAsync(Filter where) =>
            string.Concat(
                (
                    await tracking.Runs.QueryAsync(someone, new() { Where = where, OrderBy = [new(text)] }, default)
                ).Value.Items.Select(run => run.Name)
            );

        Assert.Equal("bac", await FindAsync(Filter.Everything));
        Assert.Equal("a", await FindAsync(new Filter.Matches(text, "PEAR", IgnoreCase: true)));
        Assert.Equal("b", await FindAsync(new Filter.OneOf(text, ["apples"])));
        Assert.Equal("c", await FindAsync(new Filter.Missing(text)));
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Orders_put_what_isEqualabsent_last_and_compare_numbers_as_numbers(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        foreach (var (name, value, metric) in new[] { ("a", "10", 2.0), ("b", "9", 10.0), ("c", "word", double.NaN) })
        {
            var run = await tracking.RunAsync(
                name,
                with: new() { Parameters = new() { Set = [new("General", "lr", value)] } }
            );
            await tracking.Series.AppendAsync(someone, run.Id, [new("loss", "loss", 1, 1, metric)], default);
        }

        await tracking.RunAsync("d");
        Assert.Equal("bacd", await NamesAsync(tracking, new Order(rate)));
        Assert.Equal("abcd", await NamesAsync(tracking, new Order(rate, Descending: true)));
        Assert.Equal("abcd", await NamesAsync(tracking, new Order(loss)));
        Assert.Equal("bacd", await NamesAsync(tracking, new Order(loss, Descending: true)));
        Assert.Equal("dcba", await NamesAsync(tracking, new Order(RunFields.Name, Descending: true)));
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_page_in_the_order_or_from_a_range_of_a_metric_isEqualwhat_its_plain_meaning_is(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var random = new Random(17);
        await MakeAsync(tracking, random, 40);
        var nothing = await tracking.RunAsync("nan");
        await tracking.Series.AppendAsync(someone, nothing.Id, [new("loss", "loss", 1, 1, double.NaN)], default);
        var all = (await tracking.Runs.QueryAsync(someone, new(), default)).Value.Items;
        for (var round = 0; round < 60; round++)
        {
            var descending = random.Next(2) == 0;
            var (lowest, highest) = ((double)random.Next(4), (double)random.Next(4));
            Filter filter = random.Next(3) switch
            {
                0 => Filter.Everything,
                1 => new Filter.Compare(loss, Comparison.GreaterOrEqual, lowest),
                _ => new Filter.Compare(loss, Comparison.GreaterOrEqual, lowest)
                    & new Filter.Compare(loss, Comparison.LessOrEqual, highest),
            };
            var byMetric = random.Next(3) > 0;
            var query = new RunQuery
            {
                Where = filter,
                OrderBy = byMetric ? [new(loss, descending), new(RunFields.Name)] : [new(RunFields.Name, descending)],
                Offset = random.Next(30),
                Limit = random.Next(1, 12),
                Parts = RunParts.None,
            };
            var found = (await tracking.Runs.QueryAsync(someone, query, default)).Value;

            var expected = Sorted(all.Where(run => Holds(filter, run)), byMetric, descending)
                .Select(run => run.Id)
                .Skip(query.Offset)
                .ToList();
            Assert.Equal(expected.Take(query.Limit.Value), found.Items.Select(run => run.Id));
            Assert.Equal(expected.Count > query.Limit, found.More);
        }
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Texts_are_put_together_of_attributes_and_compared_and_ordered_as_texts(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        foreach (var (name, value) in new[] { ("a", "10"), ("b", "9") })
        {
            await tracking.RunAsync(name, with: new() { Parameters = new() { Set = [new("General", "lr", value)] } });
        }

        await tracking.RunAsync("c");
        var place = new Field.Either(
            RunFields.ProjectArtifactLocation,
            new Field.Joined([new Field.Constant("at:"), RunFields.ProjectNumber])
        );
        var address = new Field.Joined([place, new Field.Constant("/"), RunFields.Name]);
        foreach (
            var (filter, expected) in new (Filter, string)[]
            {
                (new Filter.Compare(address, Comparison.Equal, "at:0/b"), "b"),
                (new Filter.Compare(address, Comparison.Like, "at:0/_"), "abc"),
                (new Filter.Compare(address, Comparison.NotEqual, "at:0/b"), "ac"),
                (new Filter.Missing(address), ""),
                (new Filter.NoneOf(rate, ["9", "8"]), "a"),
                (new Filter.NoneOf(rate, []), "ab"),
                (new Filter.NoneOf(RunFields.Name, ["a", "c"]), "b"),
            }
        )
        {
            Assert.Equal(expected, await NamesAsync(tracking, new RunQuery { Where = filter }));
        }

        Assert.Equal("cba", await NamesAsync(tracking, new Order(address, Descending: true)));
        Assert.Equal("abc", await NamesAsync(tracking, new Order(rate with { SortsAsText = true })));
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Runtime_linked_models_and_a_lack_of_labels_are_conditions_too(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var model = (await tracking.Models.CreateAsync(someone, new() { Name = "m" }, default)).Value.Id;
        await tracking.RunAsync(
            "a",
            with: new()
            {
                Labels = ["x"],
                Documents = new() { Runtime = """{"_hash":"h1","deep":{"a.b":true},"none":null}""" },
                SetModels = [new(RunModelKind.Input, "in", model)],
            }
        );
        await tracking.RunAsync("b", with: new() { Documents = new() { Runtime = """{"_hash":"h2"}""" } });
        await tracking.RunAsync("c");
        var hash = RunFields.InRuntime(["_hash"]);
        foreach (
            var (filter, expected) in new (Filter, string)[]
            {
                (new Filter.Matches(hash, "^h1$"), "a"),
                (new Filter.OneOf(hash, ["h2", "h3"]), "b"),
                (new Filter.Missing(hash), "c"),
                (new Filter.OneOf(RunFields.InRuntime(["deep", "a.b"]), ["true"]), "a"),
                (new Filter.Missing(RunFields.InRuntime(["none"])), "abc"),
                (new Filter.OneOf(new Field.LinkedModel(RunModelKind.Input), [model.ToString()]), "a"),
                (new Filter.Missing(new Field.LinkedModel(RunModelKind.Input)), "bc"),
                (new Filter.Missing(new Field.LinkedModel(RunModelKind.Output)), "abc"),
                (new Filter.HasNoLabel(), "bc"),
                (new Filter.HasNoLabel(System: true), "abc"),
                (new Filter.Compare(RunFields.ActiveSeconds, Comparison.Less, 1L), "abc"),
            }
        )
        {
            Assert.Equal(expected, await NamesAsync(tracking, new RunQuery { Where = filter }));
        }

        Assert.Equal("bac", await NamesAsync(tracking, new Order(hash, Descending: true)));
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Every_value_of_a_metrics_summary_can_be_asked_for(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var run = await tracking.RunAsync("a");
        double[] values = [3, 1, 9, 7];
        await tracking.Series.AppendAsync(
            someone,
            run.Id,
            [.. values.Select((value, step) => new Point("loss", "loss", step, step, value))],
            default
        );
        foreach (
            var (of, value) in new[]
            {
                (MetricValue.First, 3.0),
                (MetricValue.Min, 1),
                (MetricValue.Max, 9),
                (MetricValue.Last, 7),
                (MetricValue.Mean, 5),
                (MetricValue.Count, 4),
            }
        )
        {
            var isEqual = new Filter.Compare(new Field.Metric("loss", "loss", of), Comparison.Equal, value);
            Assert.Equal("a", await NamesAsync(tracking, new RunQuery { Where = isEqual }));
        }
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Pages_follow_each_other_without_gap_or_overlap(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        await MakeAsync(tracking, new Random(5), 23);
        var seen = new List<RunId>();
        for (var more = true; more; )
        {
            var query = new RunQuery
            {
                OrderBy = [new(RunFields.Name)],
                Offset = seen.Count,
                Limit = 5,
            };
            var page = (await tracking.Runs.QueryAsync(someone, query, default)).Value;
            seen.AddRange(page.Items.Select(run => run.Id));
            more = page.More;
        }

        Assert.Equal(23, seen.Distinct().Count());
        Assert.Equal(23, seen.Count);
        Assert.Equal(23, (await tracking.Runs.CountAsync(someone, new() { Limit = 5 }, default)).Value);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Projects_below_are_found_when_asked_for(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var a = (await tracking.Projects.EnsureAsync(someone, "a", default)).Value.Id;
        var below = (await tracking.Projects.EnsureAsync(someone, "a/b/c", default)).Value.Id;
        var beside = (await tracking.Projects.EnsureAsync(someone, "ab", default)).Value.Id;
        await tracking.RunAsync("1", a);
        await tracking.RunAsync("2", below);
        await tracking.RunAsync("3", beside);
        Assert.Equal("1", await NamesAsync(tracking, new RunQuery { Projects = [a] }));
        Assert.Equal("12", await NamesAsync(tracking, new RunQuery { Projects = [a], IncludeSubprojects = true }));
        Assert.Equal("", await NamesAsync(tracking, new RunQuery { Projects = [] }));
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_pattern_of_Pythons_finds_as_Python_does(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        await tracking.RunAsync("Group A/Exp-1");
        await tracking.RunAsync("group a/exp-1 later");
        foreach (
            var (pattern, ignoreCase, expected) in new[]
            {
                ("^Group\\ A/Exp\\-1$", false, 1L),
                ("exp\\-1", true, 2),
                ("Exp(|\\ #\\d+)", false, 1),
                ("^exp", false, 0),
            }
        )
        {
            var query = new RunQuery { Where = new Filter.Matches(RunFields.Name, pattern, ignoreCase) };
            Assert.Equal(expected, (await tracking.Runs.CountAsync(someone, query, default)).Value);
        }

        var broken = new RunQuery { Where = new Filter.Matches(RunFields.Name, "(") };
        Assert.Equal("tracking.bad-pattern", (await tracking.Runs.CountAsync(someone, broken, default)).Error?.Code);
        var unlike = new RunQuery { Where = new Filter.Compare(RunFields.LastIteration, Comparison.Equal, "x") };
        Assert.Equal("tracking.bad-condition", (await tracking.Runs.CountAsync(someone, unlike, default)).Error?.Code);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Datasets_are_a_condition_too(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var run = await tracking.RunAsync("with");
        await tracking.RunAsync("without");
        await tracking.Inputs.AddDatasetsAsync(
            someone,
            run.Id,
            [new(new("iris", "d1", "local", "x"), [new("mlflow.data.context", "train")])],
            default
        );
        foreach (
            var (of, value) in new[]
            {
                (DatasetField.Name, "iris"),
                (DatasetField.Digest, "d1"),
                (DatasetField.Context, "train"),
            }
        )
        {
            var filter = new Filter.Compare(new Field.Dataset(of), Comparison.Equal, value);
            Assert.Equal("with", await NamesAsync(tracking, new RunQuery { Where = filter }));
        }
    }

    private static async Task MakeAsync(TrackingFixture tracking, Random random, int count)
    {
        for (var i = 0; i < count; i++)
        {
            tracking.Clock.Advance(TimeSpan.FromSeconds(random.Next(3)));
            var run = await tracking.RunAsync(
                Word(random),
                with: new()
                {
                    Labels = [.. Some(random, "l1", "l2")],
                    SetTags = [.. Some(random, "team").Select(key => new Tag(key, Word(random)))],
                    Parameters = new()
                    {
                        Set = [.. Some(random, "lr").Select(key => new RunParameter("General", key, Word(random)))],
                    },
                }
            );
            var points = Some(random, "loss").Select(key => new Point(key, key, 1, 1, random.Next(4)));
            await tracking.Series.AppendAsync(someone, run.Id, [.. points], default);
        }
    }

    private static IEnumerable<Run> Sorted(IEnumerable<Run> runs, bool byMetric, bool descending)
    {
        if (!byMetric)
        {
            return descending
                ? runs.OrderByDescending(run => run.Name, StringComparer.Ordinal).ThenBy(run => $"{run.Id}")
                : runs.OrderBy(run => run.Name, StringComparer.Ordinal).ThenBy(run => $"{run.Id}");
        }

        return runs.OrderBy(run =>
                Value(loss, run) switch
                {
                    null => 2,
                    double.NaN => 1,
                    _ => 0,
                }
            )
            .ThenBy(run => Value(loss, run) is double value ? (descending ? -value : value) : 0)
            .ThenBy(run => run.Name, StringComparer.Ordinal)
            .ThenBy(run => $"{run.Id}", StringComparer.Ordinal);
    }

    private static Filter Any(Random random, int depth) =>
        (depth == 0 ? random.Next(6) : random.Next(9)) switch
        {
            0 => new Filter.Compare(Text(random), (Comparison)random.Next(6), Word(random)),
            1 => new Filter.Compare(
                Text(random),
                random.Next(2) == 0 ? Comparison.Like : Comparison.ILike,
                Like(random)
            ),
            2 => new Filter.Compare(loss, (Comparison)random.Next(6), (double)random.Next(4)),
            3 => new Filter.OneOf(Text(random), [Word(random), Word(random)]),
            4 => new Filter.Missing(random.Next(2) == 0 ? loss : Text(random)),
            5 => new Filter.HasLabel(random.Next(2) == 0 ? "l1" : "l2"),
            6 => !Any(random, depth - 1),
            7 => Any(random, depth - 1) & Any(random, depth - 1),
            _ => Any(random, depth - 1) | Any(random, depth - 1),
        };

    private static Field Text(Random random) =>
        random.Next(3) switch
        {
            0 => RunFields.Name,
            1 => rate,
            _ => team,
        };

    private static bool Holds(Filter filter, Run run) =>
        filter switch
        {
            Filter.All all => all.Parts.All(part => Holds(part, run)),
            Filter.Any any => any.Parts.Any(part => Holds(part, run)),
            Filter.Not not => !Holds(not.Part, run),
            Filter.HasLabel label => run.Labels.Contains(label.Label),
            Filter.Missing missing => Value(missing.Field, run) is null,
            Filter.OneOf one => Value(one.Field, run) is string text && one.Values.Contains(text),
            Filter.Compare compare => Value(compare.Field, run) is { } value && Holds(compare, value),
            _ => throw new InvalidOperationException($"no meaning for {filter}"),
        };

    private static bool Holds(Filter.Compare compare, object value)
    {
        if (compare.Comparison is Comparison.Like or Comparison.ILike)
        {
            return IsLike((string)value, (string)compare.Value, compare.Comparison == Comparison.ILike);
        }

        var order = value is double number
            ? number.CompareTo((double)compare.Value)
            : string.CompareOrdinal((string)value, (string)compare.Value);
        return compare.Comparison switch
        {
            Comparison.Equal => order == 0,
            Comparison.NotEqual => order != 0,
            Comparison.Less => order < 0,
            Comparison.LessOrEqual => order <= 0,
            Comparison.Greater => order > 0,
            _ => order >= 0,
        };
    }

    /// <summary>SQL's LIKE by its definition.</summary>
    private static bool IsLike(string text, string pattern, bool ignoreCase)
    {
        if (ignoreCase)
        {
            return IsLike(text.ToLowerInvariant(), pattern.ToLowerInvariant(), ignoreCase: false);
        }

        return pattern switch
        {
            "" => text.Length == 0,
            ['%', ..] => IsLike(text, pattern[1..], false) || (text.Length > 0 && IsLike(text[1..], pattern, false)),
            _ => text.Length > 0
                && (pattern[0] == '_' || pattern[0] == text[0])
                && IsLike(text[1..], pattern[1..], false),
        };
    }

    private static object? Value(Field field, Run run) =>
        field switch
        {
            Field.Tag => run.Tags.SingleOrDefault()?.Value,
            Field.Parameter => run.Parameters.SingleOrDefault()?.Value,
            Field.Metric => run.Metrics.SingleOrDefault()?.Last.Value,
            _ => run.Name,
        };

    private static string Word(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(_ => "aAb."[random.Next(4)]));

    private static string Like(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(_ => "aAb.%_"[random.Next(6)]));

    private static IEnumerable<string> Some(Random random, params string[] of) => of.Where(_ => random.Next(3) > 0);

    private static Task<string> NamesAsync(TrackingFixture tracking, Order order) =>
        NamesAsync(tracking, new RunQuery { OrderBy = [order] });

    private static async Task<string> NamesAsync(TrackingFixture tracking, RunQuery query) =>
        string.Concat(
            (
                await tracking.Runs.QueryAsync(
                    someone,
                    query.OrderBy.Count > 0 ? query : query with { OrderBy = [new(RunFields.Name)] },
                    default
                )
            ).Value.Items.Select(run => run.Name)
        );
}
