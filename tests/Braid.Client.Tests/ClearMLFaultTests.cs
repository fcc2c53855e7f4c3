using Braid.Client.Backends.ClearML;

namespace Braid.Client.Tests;

/// <summary>A ClearML server that cuts off, forgets tokens and refuses.</summary>
public sealed class ClearMLFaultTests : IAsyncLifetime
{
    private readonly Runs runs = new();
    private TrackingServerFake server = null!; // set before each test

    public async Task InitializeAsync()
    {
        server = await TrackingServerFake.StartAsync();
        server.Override = Answer;
    }

    public async Task DisposeAsync()
    {
        await server.DisposeAsync();
        runs.Dispose();
    }

    [Fact]
    public async Task A_connection_that_is_cut_is_tried_again_and_no_event_is_lost()
    {
        var cuts = 2;
        server.Override = call => call.EndsWith("events.add_batch") && cuts-- > 0 ? (0, "") : Answer(call);
        await LogAsync();
        Assert.Equal(3, server.Of("/events.add_batch").Count());
        Assert.All(
            server.Of("/events.add_batch"),
            batch => Assert.Equal(3, batch.Body.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length)
        );
    }

    [Fact]
    public async Task A_token_that_is_not_taken_any_more_is_bought_anew()
    {
        var refusals = 1;
        server.Override = call =>
            call.EndsWith("events.add_batch") && refusals-- > 0 ? (401, Envelope("{}")) : Answer(call);
        var experiment = await LogAsync();
        Assert.Equal(2, server.Of("/auth.login").Count());
        Assert.Equal(0, experiment.Undelivered + experiment.LeftForLater);
    }

    [Fact]
    public async Task Events_that_are_refused_are_counted_and_told()
    {
        server.Override = call =>
            call.EndsWith("events.add_batch")
                ? (200, Envelope("""{"added":1,"errors":2,"errors_info":{"too many":2}}"""))
                : Answer(call);
        var experiment = await LogAsync();
        Assert.Equal(2, experiment.Undelivered);
        Assert.Contains(runs.Problems, problem => problem.Contains("too many"));
        Assert.Single(server.Of("/tasks.completed"));
    }

    [Fact]
    public async Task A_parameter_that_is_refused_takes_no_other_with_it()
    {
        var taken = new List<string?>();
        server.Override = call =>
        {
            if (!call.EndsWith("tasks.edit_hyper_params"))
            {
                return Answer(call);
            }

            var names = server
                .Of("/tasks.edit_hyper_params")
                .Last()
                .Json.GetProperty("hyperparams")
                .EnumerateArray()
                .Select(each => each.GetProperty("name").GetString())
                .ToList();
            if (names.Contains("bad"))
            {
                return (400, Envelope("{}"));
            }

            taken.AddRange(names);
            return Answer(call);
        };
        await using var experiment = runs.Start(Backend());
        experiment.LogParams(
            new Dictionary<string, object?>
            {
                ["a"] = 1,
                ["bad"] = 2,
                ["c"] = 3,
            }
        );
        await experiment.DisposeAsync();
        Assert.Equal(["a", "c"], taken);
        Assert.Equal(1, experiment.Undelivered);
    }

    [Fact]
    public async Task What_is_no_clearml_server_is_told_and_what_was_logged_stays()
    {
        server.Override = _ => (200, "<html>");
        var experiment = await LogAsync();
        Assert.Equal(4, experiment.LeftForLater);
        Assert.Contains(runs.Problems, problem => problem.Contains("as ClearML's API does"));
    }

    [Fact]
    public async Task Values_that_are_not_finite_are_sent_as_text()
    {
        await LogAsync();
        var lines = server.Of("/events.add_batch").Single().Body.Split('\n');
        Assert.Contains("\"value\":\"NaN\"", lines[1]);
        Assert.Contains("\"value\":\"-Infinity\"", lines[2]);
        Assert.Contains("\"iter\":0", lines[0]);
    }

    private async Task<Experiment> LogAsync()
    {
        var experiment = runs.Start(Backend());
        experiment.LogMetric("loss", 1, 0);
        experiment.LogMetric("loss", double.NaN, 1);
        experiment.LogMetric("loss", double.NegativeInfinity, 2);
        experiment.LogParam("rate", 0.1);
        await experiment.DisposeAsync();
        return experiment;
    }

    private ClearMLBackend Backend() =>
        new(
            new()
            {
                ApiHost = server.Address,
                FilesHost = server.Address,
                AccessKey = "key",
                SecretKey = "secret",
            }
        );

    private static (int, string)? Answer(string call) =>
        (
            200,
            Envelope(
                call.EndsWith("auth.login")
                    ? """{"token":"t"}"""
                    : """{"id":"0123456789ab4def8123456789abcdef","projects":[],"errors":0}"""
            )
        );

    private static string Envelope(string data) =>
        $$"""{"meta":{"result_code":200,"result_msg":"OK"},"data":{{data}}}""";
}
