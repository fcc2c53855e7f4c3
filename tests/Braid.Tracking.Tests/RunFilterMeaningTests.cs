using Braid.Access.Callers;
using Braid.Primitives;
using Braid.Testing;
using Braid.Tracking.Filters;
using Braid.Tracking.Runs;
using Braid.Tracking.Series;

namespace Braid.Tracking.Tests;

/// <summary>Filters and orders in SQL against the plain meaning, evaluated here.</summary>
public sealed class RunFilterMeaningTests
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
    public async Task A_page_in_the_order_or_from_a_range_of_a_metric_is_what_its_plain_meaning_is(string store)
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
}
