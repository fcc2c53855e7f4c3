using System.Text.Json;
using Braid.Testing;

namespace Braid.Client.Tests;

public sealed class ExperimentTests : IAsyncLifetime
{
    private TrackingServerFake server = null!; // set before each test

    public async Task InitializeAsync() => server = await TrackingServerFake.StartAsync();

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task A_run_is_made_in_its_project_and_ends_as_finished()
    {
        var experiment = Experiment.StartLogging("baseline", "digits", server.Options);
        Assert.Equal(TrackingServerFake.RunId, await experiment.RunIdAsync());
        await experiment.DisposeAsync();

        var created = server.Of("runs/create").Single().Json;
        Assert.Equal("7", created.GetProperty("experiment_id").GetString());
        Assert.Equal("baseline", created.GetProperty("run_name").GetString());
        Assert.Equal("FINISHED", server.Of("runs/update").Single().Json.GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_project_that_does_not_exist_is_made()
    {
        server.Override = call =>
            call.EndsWith("get-by-name") ? (404, """{"error_code":"RESOURCE_DOES_NOT_EXIST","message":"no"}""")
            : call.EndsWith("experiments/create") ? (200, """{"experiment_id":"12"}""")
            : null;
        await using (Experiment.StartLogging("baseline", "digits", server.Options)) { }

        Assert.Equal("12", server.Of("runs/create").Single().Json.GetProperty("experiment_id").GetString());
    }

    [Fact]
    public async Task Points_arrive_in_order_with_step_zero_and_nan()
    {
        await using (var experiment = Experiment.StartLogging("run", null, server.Options))
        {
            experiment.LogMetric("loss", 2.5, 0);
            experiment.LogMetric("loss", double.NaN, 1);
            experiment.Iteration = 5;
            experiment.LogMetric("loss", double.PositiveInfinity);
        }

        var points = Logged("metrics").ToList();
        Assert.Equal([0, 1, 5], points.Select(point => point.GetProperty("step").GetInt64()));
        Assert.Equal(["2.5", "NaN", "Infinity"], points.Select(point => point.GetProperty("value").ToString()));
    }

    [Fact]
    public async Task Ten_thousand_points_need_few_requests()
    {
        await using (var experiment = Experiment.StartLogging("run", null, server.Options))
        {
            for (var step = 0; step < 10_000; step++)
            {
                experiment.LogMetric("loss", step, step);
            }
        }

        Assert.Equal(
            Enumerable.Range(0, 10_000),
            Logged("metrics").Select(point => point.GetProperty("step").GetInt32())
        );
        Assert.InRange(server.Of("runs/log-batch").Count(), 10, 1000);
        Assert.All(
            server.Of("runs/log-batch"),
            batch => Assert.InRange(batch.Json.GetProperty("metrics").GetArrayLength(), 1, 1000)
        );
    }

    [Fact]
    public async Task Parameters_are_text_whatever_the_culture()
    {
        await using (var experiment = Experiment.StartLogging("run", null, server.Options))
        {
            experiment.LogParams(
                new Dictionary<string, object?>
                {
                    ["rate"] = 0.1,
                    ["deep"] = true,
                    ["note"] = null,
                }
            );
        }

        Assert.Equal(["0.1", "True", "None"], Logged("params").Select(entry => entry.GetProperty("value").GetString()));
    }

    [Fact]
    public async Task A_model_is_uploaded_and_becomes_a_version_of_this_run()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.File("model.bin"), "weights");
        await using (var experiment = Experiment.StartLogging("run", null, server.Options))
        {
            experiment.LogModel(
                "digits",
                folder.File("model.bin"),
                tags: new Dictionary<string, string> { ["accuracy"] = "0.98" }
            );
        }

        var upload = server.Requests.Single(request => request.Call.StartsWith("PUT"));
        Assert.EndsWith(
            $"/mlflow-artifacts/artifacts/7/{TrackingServerFake.RunId}/artifacts/models/digits/model.bin",
            upload.Call
        );
        Assert.Equal("weights", upload.Body);
        var version = server.Of("model-versions/create").Single().Json;
        Assert.Equal(TrackingServerFake.RunId, version.GetProperty("run_id").GetString());
        Assert.Equal(
            $"mlflow-artifacts:/7/{TrackingServerFake.RunId}/artifacts/models/digits",
            version.GetProperty("source").GetString()
        );
    }

    [Fact]
    public async Task A_model_that_exists_gets_another_version()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.File("model.bin"), "weights");
        server.Override = call =>
            call.EndsWith("registered-models/create")
                ? (400, """{"error_code":"RESOURCE_ALREADY_EXISTS","message":"exists"}""")
                : null;
        await using (var experiment = Experiment.StartLogging("run", null, server.Options))
        {
            experiment.LogModel("digits", folder.Path);
        }

        Assert.Single(server.Of("model-versions/create"));
        Assert.Empty(server.Problems);
    }

    [Fact]
    public async Task A_refused_parameter_is_told_once_and_loses_no_points()
    {
        server.Override = call =>
            call.EndsWith("log-batch") && server.Of("log-batch").Last().Body.Contains("params")
                ? (400, """{"error_code":"INVALID_PARAMETER_VALUE","message":"Changing param values is not allowed"}""")
                : null;
        var experiment = Experiment.StartLogging("run", null, server.Options);
        for (var step = 0; step < 3; step++)
        {
            experiment.LogParam("rate", step);
            experiment.LogMetric("loss", step, step);
            await experiment.FlushAsync();
        }

        await experiment.DisposeAsync();
        Assert.Equal(3, Logged("metrics").Count());
        Assert.Equal(3, experiment.Undelivered);
        Assert.Single(server.Problems, problem => problem.Contains("Changing param values"));
    }

    [Fact]
    public async Task A_busy_server_is_tried_again_and_nothing_is_lost()
    {
        var busy = 3;
        server.Override = call => call.EndsWith("log-batch") && busy-- > 0 ? (503, "{}") : null;
        await using (var experiment = Experiment.StartLogging("run", null, server.Options))
        {
            experiment.LogMetric("loss", 1, 0);
        }

        Assert.Equal(4, server.Of("log-batch").Count());
        Assert.Single(server.Problems);
    }

    [Fact]
    public async Task Without_a_backend_training_goes_on_and_is_told_once()
    {
        var problems = new List<string>();
        var experiment = Experiment.StartLogging("run", null, new() { OnProblem = problems.Add });
        experiment.LogMetric("loss", 1, 0);
        await experiment.DisposeAsync();
        Assert.Null(await experiment.RunIdAsync());
        Assert.Equal(1, experiment.Undelivered);
        Assert.Equal(2, problems.Count);
    }

    [Fact]
    public async Task A_server_that_never_answers_is_given_up_at_the_time_limit_and_what_was_logged_stays()
    {
        server.Override = _ => (503, "");
        var experiment = Experiment.StartLogging(
            "run",
            null,
            server.Options with
            {
                FlushTimeout = TimeSpan.FromMilliseconds(200),
            }
        );
        experiment.LogMetric("loss", 1, 0);
        await experiment.DisposeAsync();
        Assert.Equal(0, experiment.Undelivered);
        Assert.Equal(1, experiment.LeftForLater);
        Assert.Single(Directory.GetDirectories(server.Spool));
    }

    [Fact]
    public async Task Credentials_that_died_end_the_delivery_and_what_was_logged_stays()
    {
        server.Override = call =>
            call.EndsWith("log-batch") ? (401, """{"error_code":"UNAUTHENTICATED","message":"gone"}""") : null;
        var experiment = Experiment.StartLogging(
            "run",
            null,
            server.OptionsAs(
                new()
                {
                    TrackingUri = server.Address,
                    Username = "key",
                    Password = "secret",
                }
            )
        );
        experiment.LogMetric("loss", 1, 0);
        await experiment.FlushAsync();
        experiment.LogMetric("loss", 1, 1);
        await experiment.DisposeAsync();
        Assert.Single(server.Of("log-batch"));
        Assert.Equal("Basic a2V5OnNlY3JldA==", server.Of("log-batch").Single().Authorization);
        Assert.Equal(2, experiment.LeftForLater);
        Assert.Contains(server.Problems, problem => problem.Contains("gone"));
    }

    [Fact]
    public async Task What_was_delivered_leaves_nothing_on_the_disk()
    {
        await using (var experiment = Experiment.StartLogging("run", null, server.Options))
        {
            experiment.LogMetric("loss", 1, 0);
        }

        Assert.Empty(Directory.GetDirectories(server.Spool));
    }

    [Fact]
    public async Task A_server_that_answers_with_errors_for_a_while_gets_everything_afterwards()
    {
        var errors = 10;
        server.Override = call => call.EndsWith("log-batch") && errors-- > 0 ? (500, "{}") : null;
        var experiment = Experiment.StartLogging("run", null, server.Options with { Clock = new HurriedClock() });
        experiment.LogMetric("loss", 1, 0);
        await experiment.DisposeAsync();
        Assert.Equal(11, server.Of("log-batch").Count());
        Assert.Equal(0, experiment.Undelivered + experiment.LeftForLater);
        Assert.Single(server.Of("runs/update"));
    }

    [Fact]
    public async Task A_point_that_is_refused_takes_no_other_of_its_batch_with_it()
    {
        var taken = new List<string?>();
        server.Override = call =>
        {
            var batch = call.EndsWith("log-batch") ? server.Of("log-batch").Last().Json : default;
            if (batch.ValueKind != JsonValueKind.Object || !batch.TryGetProperty("metrics", out var metrics))
            {
                return null;
            }

            var names = metrics.EnumerateArray().Select(each => each.GetProperty("key").GetString()).ToList();
            if (names.Contains("a\nb"))
            {
                return (400, """{"error_code":"INVALID_PARAMETER_VALUE","message":"a bad name"}""");
            }

            taken.AddRange(names);
            return null;
        };
        var experiment = Experiment.StartLogging("run", null, server.Options);
        experiment.LogMetric("a\nb", 1, 0);
        for (var step = 0; step < 20; step++)
        {
            experiment.LogMetric("loss", step, step);
        }

        await experiment.DisposeAsync();
        Assert.Equal(Enumerable.Repeat("loss", 20), taken);
        Assert.Equal(1, experiment.Undelivered);
        Assert.Contains(server.Problems, problem => problem.Contains("a bad name"));
    }

    [Fact]
    public async Task User_and_password_of_an_address_are_used_and_neither_told_nor_written_down()
    {
        server.Override = _ => (503, "{}");
        var address = new UriBuilder(server.Address) { UserName = "user", Password = "p%40ss" }.Uri;
        var options = server.OptionsAs(new() { TrackingUri = address });
        var experiment = Experiment.StartLogging(
            "run",
            null,
            options with
            {
                FlushTimeout = TimeSpan.FromMilliseconds(500),
            }
        );
        experiment.LogMetric("loss", 1, 0);
        await Eventually.IsTrueAsync(() => Task.FromResult(server.Requests.Count > 0), "it is tried");
        await experiment.DisposeAsync();
        Assert.Equal("Basic dXNlcjpwQHNz", server.Requests[0].Authorization);
        Assert.DoesNotContain(server.Problems, problem => problem.Contains("p%40ss"));
        var description = Assert.Single(Directory.GetFiles(server.Spool, "run.json", SearchOption.AllDirectories));
        Assert.Contains($"\"{server.Address}\"", await File.ReadAllTextAsync(description));
    }

    [Fact]
    public async Task A_failed_run_ends_as_failed()
    {
        await using (var experiment = Experiment.StartLogging("run", null, server.Options))
        {
            experiment.Fail("diverged");
        }

        Assert.Equal("FAILED", server.Of("runs/update").Single().Json.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Starting_another_run_stops_the_active_one_and_keeps_its_points()
    {
        var first = Experiment.StartLogging("first", null, server.Options);
        first.LogMetric("loss", 1, 0);
        var second = Experiment.StartLogging("second", null, server.Options);
        Assert.Same(second, Experiment.Active);
        await Experiment.StopLoggingAsync();
        Assert.Null(Experiment.Active);
        Assert.Equal(2, server.Of("runs/update").Count());
        Assert.Single(Logged("metrics"));
    }

    private IEnumerable<JsonElement> Logged(string list) =>
        server
            .Of("runs/log-batch")
            .Where(batch => batch.Json.TryGetProperty(list, out _))
            .SelectMany(batch => batch.Json.GetProperty(list).EnumerateArray());
}
