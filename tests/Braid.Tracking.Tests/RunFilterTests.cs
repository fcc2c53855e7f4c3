using Braid.Access.Callers;
using Braid.Primitives;
using Braid.Testing;
using Braid.Tracking.Filters;
using Braid.Tracking.Models;
using Braid.Tracking.Runs;
using Braid.Tracking.Series;

namespace Braid.Tracking.Tests;

/// <summary>What conditions find, and in which order.</summary>
public sealed class RunFilterTests
{
    private static readonly Caller someone = TrackingFixture.Someone;
    private static readonly Field.Metric loss = new("loss", "loss");
    private static readonly Field.Parameter rate = new("General", "lr");

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
    public async Task Orders_put_what_is_absent_last_and_compare_numbers_as_numbers(string store)
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
    public async Task A_run_that_has_not_started_is_put_where_it_was_made(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var made = tracking.Clock.GetUtcNow();
        await tracking.DraftAsync("a");
        tracking.Clock.Advance(TimeSpan.FromSeconds(1));
        await tracking.RunAsync("b");
        tracking.Clock.Advance(TimeSpan.FromSeconds(1));
        await tracking.DraftAsync("c");
        Assert.Equal("abc", await NamesAsync(tracking, new Order(RunFields.Begun)));
        Assert.Equal("cba", await NamesAsync(tracking, new Order(RunFields.Begun, Descending: true)));
        var later = new Filter.Compare(RunFields.Begun, Comparison.Greater, made);
        Assert.Equal("bc", await NamesAsync(tracking, new RunQuery { Where = later }));
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Pages_follow_each_other_without_gap_or_overlap(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        for (var i = 0; i < 23; i++)
        {
            await tracking.RunAsync($"{(char)('a' + (i % 5))}");
        }

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
