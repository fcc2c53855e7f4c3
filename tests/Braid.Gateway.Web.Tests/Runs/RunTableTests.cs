using System.Text.Json.Nodes;

namespace Braid.Gateway.Web.Tests.Runs;

/// <summary>The table of runs: sorted, filtered and searched by the server, page by page.</summary>
public sealed class RunTableTests
{
    [Fact]
    public async Task Pages_follow_each_other_in_the_order_that_was_asked_for()
    {
        await using var host = await WebHost.StartAsync();
        foreach (var (name, loss) in new[] { ("a", 0.3), ("b", 0.1), ("c", 0.2) })
        {
            await LoggedRuns.CreateAsync(host, name, loss);
        }

        var first = await LoggedRuns.AskAsync(host, "/api/runs?sort=metrics.loss&limit=2");
        var second = await LoggedRuns.AskAsync(host, $"/api/runs?sort=metrics.loss&limit=2&page={first["next"]}");

        Assert.Equal(["b", "c", "a"], NamesOf(first).Concat(NamesOf(second)));
        Assert.Null(second["next"]);
        Assert.Equal(["a", "c", "b"], NamesOf(await LoggedRuns.AskAsync(host, "/api/runs?sort=-min.loss")));
        Assert.Equal(["c", "b", "a"], NamesOf(await LoggedRuns.AskAsync(host, "/api/runs")));
    }

    [Fact]
    public async Task Cells_are_those_of_the_columns_that_were_asked_for()
    {
        await using var host = await WebHost.StartAsync();
        await LoggedRuns.CreateAsync(host, "deep", 0.25);

        var columns = new[]
        {
            "params.lr",
            "params.Args/depth",
            "metrics.loss",
            "max.loss",
            "metrics.none",
            "tags.none",
        };
        var query = string.Join('&', columns.Select(column => $"column={Uri.EscapeDataString(column)}"));
        var listed = await LoggedRuns.AskAsync(host, $"/api/runs?{query}");

        var cells = listed["runs"]![0]!["cells"]!.AsObject();
        Assert.Equal(columns, cells.Select(cell => cell.Key));
        Assert.Equal(["0.1", "4", "0.25", "1.25", "", ""], cells.Select(cell => $"{cell.Value}"));
    }

    [Fact]
    public async Task A_column_shows_what_a_metric_was_at_a_step_or_at_the_last_one_before_it()
    {
        await using var host = await WebHost.StartAsync();
        await LoggedRuns.CreateAsync(host, "one", 0.25);

        var listed = await LoggedRuns.AskAsync(host, "/api/runs?column=at.0.loss&column=at.7.loss&column=at.7.none");

        var cells = listed["runs"]![0]!["cells"]!.AsObject();
        Assert.Equal(["1.25", "0.25", ""], cells.Select(cell => $"{cell.Value}"));
    }

    [Theory]
    [InlineData("", "one")]
    [InlineData("archived", "labelled,trashed")]
    public async Task What_was_put_away_is_listed_apart(string query, string expected)
    {
        await using var host = await WebHost.StartAsync();
        await LoggedRuns.CreateAsync(host, "one", 0.1);
        var trashed = await LoggedRuns.CreateAsync(host, "trashed", 0.2);
        await host.Rooms.Runs.TrashAsync(WebHost.Internal, trashed, default);
        var labelled = await LoggedRuns.CreateAsync(host, "labelled", 0.3);
        await host.Rooms.Runs.UpdateAsync(WebHost.Internal, labelled, new() { SystemLabels = ["archived"] }, default);

        var found = await LoggedRuns.AskAsync(host, $"/api/runs?sort=name&{query}");

        Assert.Equal(expected, string.Join(',', NamesOf(found)));
    }

    [Theory]
    [InlineData("filter=metrics.loss < 0.2", "one")]
    [InlineData("filter=max.loss > 1.2 AND params.`Args/depth` = '5'", "three")]
    [InlineData("filter=name LIKE 't%'", "three,two")]
    [InlineData("filter=status != 'in_progress'", "")]
    [InlineData("q=WO", "two")]
    [InlineData("q=best", "one")]
    public async Task Runs_are_found_by_filter_by_name_and_by_label(string query, string expected)
    {
        await using var host = await WebHost.StartAsync();
        await LoggedRuns.CreateAsync(host, "one", 0.1, "best");
        await LoggedRuns.CreateAsync(host, "two", 0.2);
        await LoggedRuns.CreateAsync(host, "three", 0.3);

        var found = await LoggedRuns.AskAsync(host, $"/api/runs?{query}");
        var count = await LoggedRuns.AskAsync(host, $"/api/runs/count?{query}");

        Assert.Equal(expected, string.Join(',', NamesOf(found)));
        Assert.Equal(NamesOf(found).Count(), (int)count["count"]!);
    }

    [Fact]
    public async Task An_id_is_found_by_its_first_digits_wherever_one_looks()
    {
        await using var host = await WebHost.StartAsync();
        var id = (await LoggedRuns.CreateAsync(host, "one", 0.1)).ToString();
        await LoggedRuns.CreateAsync(host, "two", 0.1);

        Assert.Equal(["one"], NamesOf(await LoggedRuns.AskAsync(host, $"/api/runs?q={id[..6]}")));
        var found = await LoggedRuns.AskAsync(host, $"/api/find?q={id[..6].ToUpperInvariant()}");
        Assert.Equal($"/runs/{id}", (string?)Assert.Single(found["found"]!.AsArray())!["path"]);
    }

    [Theory]
    [InlineData("filter=metrics.loss < 'low'", "tracking.bad-search")]
    [InlineData("filter=nothing.at all", "tracking.bad-search")]
    [InlineData("sort=wishes", "web.no-such-column")]
    [InlineData("column=params.", "web.no-such-column")]
    [InlineData("column=at.loss", "web.no-such-column")]
    [InlineData("sort=at.5.loss", "web.not-sortable")]
    [InlineData(
        "column=at.1.a&column=at.2.a&column=at.3.a&column=at.4.a&column=at.5.a&column=at.6.a",
        "web.too-many-steps"
    )]
    [InlineData("project=nowhere", "tracking.no-such-project")]
    public async Task What_cannot_be_listed_is_refused_with_a_reason(string query, string code)
    {
        await using var host = await WebHost.StartAsync();
        Assert.Equal(code, (string?)(await LoggedRuns.AskAsync(host, $"/api/runs?{query}"))["code"]);
    }

    [Fact]
    public async Task Columns_to_choose_from_are_the_keys_that_runs_have()
    {
        await using var host = await WebHost.StartAsync();
        await LoggedRuns.CreateAsync(host, "one", 0.1);

        var keys = await LoggedRuns.AskAsync(host, "/api/runs/columns");

        Assert.Equal(["Args/depth", "lr"], keys["params"]!.AsArray().Select(key => (string?)key));
        Assert.Equal(["loss"], keys["metrics"]!.AsArray().Select(key => (string?)key));
    }

    private static IEnumerable<string?> NamesOf(JsonObject page) =>
        page["runs"]!.AsArray().Select(run => (string?)run!["name"]);
}
