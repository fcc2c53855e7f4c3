using System.Text.Json.Nodes;
using Braid.Data.History;
using Braid.Pipelines.Cron;
using Braid.Pipelines.Datums;
using Braid.Testing;
using static Braid.Pipelines.Tests.PipelineWorld;

namespace Braid.Pipelines.Tests.Cron;

public sealed class CronTickTests
{
    private const string ticks = "clock_tick";

    private readonly ManualClock clock = new();

    [Theory]
    [MemberData(nameof(Testing.Stores.All), MemberType = typeof(Testing.Stores))]
    public async Task Each_tick_is_a_file_and_a_datum_and_missed_ones_are_caught_up(string store)
    {
        await using var world = await OpenAsync(store);
        await world.CreateAsync(Cron("@hourly"));
        var server = world.NewCronTicks(clock);

        clock.Advance(TimeSpan.FromHours(1));
        Assert.True(await server.StepAsync(default));
        Assert.False(await server.StepAsync(default));
        clock.Advance(TimeSpan.FromHours(3));
        // The server was down meanwhile; another one looks.
        Assert.True(await world.NewCronTicks(clock).StepAsync(default));
        await FakeWorker.RunAsync(world, _ => FakeOutcome.Nothing(DatumState.Success));

        Assert.Equal(Names(1, 2, 3, 4), (await world.FilesAsync(ticks)).Keys.Order());
        Assert.Equal(2, await CountAsync(world));
        var job = Ok(await world.Jobs.ListAsync(Admin, new() { Pipeline = Ref("clock") }, default))[0];
        Assert.Equal(4, job.Progress.Total);
    }

    [Fact]
    public async Task Overwriting_tick_is_alone()
    {
        await using var world = await OpenAsync();
        await world.CreateAsync(Cron("@hourly", overwrite: true));

        for (var hour = 0; hour < 2; hour++)
        {
            clock.Advance(TimeSpan.FromHours(2));
            await world.NewCronTicks(clock).StepAsync(default);
        }

        Assert.Equal(Names(4), (await world.FilesAsync(ticks)).Keys);
    }

    [Fact]
    public async Task Several_servers_make_a_tick_once()
    {
        await using var world = await OpenAsync();
        await world.CreateAsync(Cron("@hourly"));
        clock.Advance(TimeSpan.FromHours(1));

        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => world.NewCronTicks(clock).StepAsync(default)));

        Assert.Single(made, one => one);
        Assert.Equal(1, await CountAsync(world));
    }

    [Fact]
    public async Task Stopped_pipeline_does_not_tick_until_it_is_started()
    {
        await using var world = await OpenAsync();
        await world.CreateAsync(Cron("@hourly"));
        Ok(await world.Pipelines.StopAsync(Admin, Ref("clock"), default));
        clock.Advance(TimeSpan.FromHours(1));

        Assert.False(await world.NewCronTicks(clock).StepAsync(default));
        Ok(await world.Pipelines.StartAsync(Admin, Ref("clock"), default));
        Assert.True(await world.NewCronTicks(clock).StepAsync(default));
    }

    [Fact]
    public async Task Two_inputs_that_tick_together_make_one_job()
    {
        await using var world = await OpenAsync();
        var spec = Cron("@hourly");
        var two = new JsonArray(
            spec["input"]!.DeepClone(),
            new JsonObject
            {
                ["cron"] = new JsonObject
                {
                    ["name"] = "tock",
                    ["spec"] = "@hourly",
                    ["start"] = Start,
                },
            }
        );
        spec["input"] = new JsonObject { ["cross"] = two };
        await world.CreateAsync(spec);
        clock.Advance(TimeSpan.FromHours(1));
        await world.NewCronTicks(clock).StepAsync(default);

        var jobs = Ok(await world.Jobs.ListAsync(Admin, new() { Pipeline = Ref("clock") }, default));

        Assert.Equal(2, jobs.Count);
        Assert.Equal((await world.CommitsAsync(ticks))[0].Name.Id, (await world.CommitsAsync("clock_tock"))[0].Name.Id);
    }

    /// <summary>How many commits brought ticks: the branch begins with an empty one of the server's.</summary>
    private static async Task<int> CountAsync(PipelineWorld world) =>
        (await world.CommitsAsync(ticks)).Count(commit => commit.Origin == CommitOrigin.User);

    private string Start => DueTicks.NameOf(clock.GetUtcNow());

    private IEnumerable<string> Names(params int[] hours) =>
        hours.Select(hour => $"/{DueTicks.NameOf(new ManualClock().GetUtcNow().AddHours(hour))}");

    private JsonObject Cron(string schedule, bool overwrite = false)
    {
        var spec = Spec("clock", "true", "unused:/");
        spec["input"] = new JsonObject
        {
            ["cron"] = new JsonObject
            {
                ["name"] = "tick",
                ["spec"] = schedule,
                ["start"] = Start,
                ["overwrite"] = overwrite,
            },
        };
        return spec;
    }
}
