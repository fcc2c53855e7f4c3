using System.Text.Json.Nodes;
using Braid.Pipelines.Creation;
using Braid.Pipelines.Jobs;
using Braid.Primitives;
using Braid.Testing;
using static Braid.Pipelines.Tests.PipelineWorld;

namespace Braid.Pipelines.Tests.Programs;

public sealed class ServiceTests
{
    private readonly int port = FreePort.Next();

    [Fact]
    public async Task Service_serves_its_data_and_the_new_data_when_it_comes()
    {
        await using var world = await StartAsync();
        await world.CreateRepoAsync("pages");
        var first = await world.PutAsync("pages", ("/a", "one"));
        await world.CreateAsync(Service($"cd /pfs/pages; exec python3 -m http.server {port}"));
        await ServesAsync("/a", "one");
        var old = (await JobsAsync(world))[0];
        Assert.Equal(("web-v1", "/"), (Assert.Single(old.Workers).Worker, Assert.Single(old.Workers[0].Inputs).Path));

        var set = await world.PutAsync("pages", ("/a", "two"));
        await ServesAsync("/a", "two");
        var ended = await world.EndedAsync("web", old.Set);
        var jobs = await JobsAsync(world);

        Assert.NotEqual(first, set);
        Assert.Equal(JobState.Success, ended.State);
        Assert.Equal((set, JobState.Running), (jobs[0].Set, jobs[0].State));
        Assert.Single(jobs[0].Workers);
        Assert.Empty(ended.Workers);
        Assert.Equal(1, jobs[0].Progress.Total);
        Assert.Equal(PipelineState.Running, (await InspectAsync(world)).State);
    }

    [Fact]
    public async Task Service_is_stopped_and_started_with_its_pipeline()
    {
        await using var world = await StartAsync();
        await world.CreateRepoAsync("pages");
        await world.PutAsync("pages", ("/a", "one"));
        await world.CreateAsync(Service($"cd /pfs/pages; exec python3 -m http.server {port}"));
        await ServesAsync("/a", "one");

        Ok(await world.Pipelines.StopAsync(Admin, Ref("web"), default));
        await Eventually.IsTrueAsync(() => Task.FromResult(world.ProgramFolders.Count == 0), "the program has ended");
        Assert.Equal(JobState.Killed, (await JobsAsync(world))[0].State);
        await world.PutAsync("pages", ("/a", "two"));
        Ok(await world.Pipelines.StartAsync(Admin, Ref("web"), default));
        await ServesAsync("/a", "two");
    }

    [Fact]
    public async Task Service_that_ends_is_started_again_and_counted()
    {
        await using var world = await StartAsync();
        await world.CreateRepoAsync("pages");
        await world.PutAsync("pages", ("/a", "one"));
        await world.CreateAsync(Service("exit 3"));

        await Eventually.IsTrueAsync(
            async () => (await JobsAsync(world))[0].Restarts >= 2,
            "the program was started again"
        );

        Assert.Equal(JobState.Running, (await JobsAsync(world))[0].State);
        Assert.Equal(PipelineState.Crashing, (await InspectAsync(world)).State);
    }

    [Fact]
    public async Task Service_serves_what_a_group_brings_together()
    {
        await using var world = await StartAsync();
        await world.CreateRepoAsync("pages");
        await world.CreateRepoAsync("images");
        await world.PutAsync("pages", ("/en/a", "one"), ("/en/b", "two"));
        await world.PutAsync("images", ("/en", "three"));
        var spec = Service($"env > /tmp/group; ln -s /pfs /tmp/pfs; cd /tmp; exec python3 -m http.server {port}");
        spec["input"] = new JsonObject
        {
            ["group"] = new JsonArray(Grouped("pages", "/(*)/*"), Grouped("images", "/(*)")),
        };
        await world.CreateAsync(spec);

        await ServesAsync("/pfs/pages/en/a", "one");
        await ServesAsync("/pfs/pages/en/b", "two");
        await ServesAsync("/pfs/images/en", "three");
        using var http = new HttpClient();
        var variables = await http.GetStringAsync(new Uri($"http://127.0.0.1:{port}/group"));
        Assert.Contains("images=/pfs/images/en\n", variables, StringComparison.Ordinal);
        Assert.Contains("PACH_DATUM_images_GROUP_BY=en\n", variables, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Service_over_a_union_of_two_fails()
    {
        await using var world = await StartAsync();
        await world.CreateRepoAsync("pages");
        await world.PutAsync("pages", ("/a", "one"));
        var spec = Service("sleep 600");
        spec["input"] = new JsonObject
        {
            ["union"] = new JsonArray(Grouped("pages", "/", "x"), Grouped("pages", "/", "y")),
        };
        await world.CreateAsync(spec);

        var job = await world.NewestEndedAsync("web");

        Assert.Equal((JobState.Failure, "services must have a single datum"), (job.State, job.Reason));
    }

    [Fact]
    public async Task Service_with_several_datums_fails()
    {
        await using var world = await StartAsync();
        await world.CreateRepoAsync("pages");
        await world.PutAsync("pages", ("/a", "one"), ("/b", "two"));
        await world.CreateAsync(Service("sleep 600", "/*"));

        var job = await world.NewestEndedAsync("web");

        Assert.Equal((JobState.Failure, "services must have a single datum"), (job.State, job.Reason));
    }

    private async Task ServesAsync(string path, string content)
    {
        using var http = new HttpClient();
        await Eventually.IsTrueAsync(
            async () =>
            {
                try
                {
                    return await http.GetStringAsync(new Uri($"http://127.0.0.1:{port}{path}")) == content;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            $"{path} is served as {content}"
        );
    }

    private JsonObject Service(string shell, string glob = "/")
    {
        var spec = Spec("web", shell, $"pages:{glob}");
        spec["service"] = new JsonObject { ["internalPort"] = port, ["externalPort"] = port };
        return spec;
    }

    private static JsonObject Grouped(string repo, string glob, string name = "")
    {
        var leaf = new JsonObject { ["repo"] = repo, ["glob"] = glob };
        if (glob.Contains('(', StringComparison.Ordinal))
        {
            leaf["groupBy"] = "$1";
        }

        if (name.Length > 0)
        {
            leaf["name"] = name;
        }

        return new() { ["pfs"] = leaf };
    }

    private static async Task<IReadOnlyList<Job>> JobsAsync(PipelineWorld world) =>
        Ok(await world.Jobs.ListAsync(Admin, new() { Pipeline = Ref("web") }, default));

    private static async Task<PipelineVersion> InspectAsync(PipelineWorld world) =>
        Ok(await world.Pipelines.InspectAsync(Admin, Ref("web"), 0, default));
}
