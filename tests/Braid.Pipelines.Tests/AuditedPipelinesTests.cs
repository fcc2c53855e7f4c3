using System.Text;
using Braid.Access.Callers;
using Braid.Pipelines.Defaults;
using Braid.Testing;
using static Braid.Pipelines.Tests.PipelineWorld;

namespace Braid.Pipelines.Tests;

/// <summary>What people let pipelines do, and what they decide for all of them, is in the audit log.</summary>
public sealed class AuditedPipelinesTests
{
    private static readonly Caller member = new Caller.Member("bob");

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Of_pipelines_and_jobs_it_tells_who_changed_stopped_and_deleted_them(string store)
    {
        await using var world = await OpenAsync(store);
        await world.CreateRepoAsync("images");
        await world.CreateAsync(Spec("edges", "true", "images:/*"));
        await world.PutAsync("images", ("/a", "1"));
        await world.StepJobsAsync();
        var edges = Ref("edges");
        var job = $"{Ok(await world.Jobs.ListAsync(Admin, new() { Pipeline = edges }, default))[0].Set}";
        Ok(await world.Host.Datums.RestartAsync(member, edges, job, ["/a"], default));
        Ok(await world.Jobs.StopAsync(member, edges, job, "", default));
        Ok(await world.Jobs.DeleteAsync(member, edges, job, default));
        Ok(await world.Pipelines.RerunAsync(member, edges, reprocess: false, default));
        Ok(await world.Pipelines.StopAsync(member, edges, default));
        Ok(await world.Pipelines.StartAsync(member, edges, default));
        Ok(await world.Pipelines.DeleteAsync(member, edges, force: false, keepRepo: false, default));
        Ok(await world.Pipelines.DeleteAsync(member, edges, force: false, keepRepo: false, default));
        Ok(await world.Pipelines.DeleteAllAsync(member, ["default"], force: false, keepRepo: false, default));

        Assert.Equal(
            [
                $"pipeline.create {edges}",
                $"job.restart-datums {edges}@{job}: datums: 1",
                $"job.stop {edges}@{job}",
                $"job.delete {edges}@{job}",
                $"pipeline.update {edges}",
                $"pipeline.stop {edges}",
                $"pipeline.start {edges}",
                $"pipeline.delete {edges}",
                "pipeline.delete-all default",
            ],
            await ToldActs.ReadAsync(world.Database)
        );
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Of_secrets_and_defaults_it_tells_what_administrators_changed_and_who_tried(string store)
    {
        await using var world = await OpenAsync(store);
        var secret = Encoding.UTF8.GetBytes("""{"metadata": {"name": "login"}, "stringData": {"password": "hush"}}""");
        const string json = """{"createPipelineRequest": {"datumTries": 2}}""";
        foreach (var caller in (Caller[])[member, Admin])
        {
            await world.Host.Secrets.CreateAsync(caller, secret, default);
            await world.Host.Secrets.DeleteAsync(caller, "login", default);
            await world.Host.Defaults.SetClusterAsync(caller, json, new(false, false, DryRun: true), default);
            await world.Host.Defaults.SetClusterAsync(caller, json, new(false, false, false), default);
            await world.Host.Defaults.SetProjectAsync(caller, "default", json, new(false, false, false), default);
            await world.Host.Defaults.ForgetAsync(caller, "default", default);
        }

        Assert.Equal(
            [
                "secret.create  refused",
                "secret.delete login refused",
                "defaults.change of the server refused",
                "defaults.change of the server refused",
                "defaults.change default refused",
                "defaults.delete default refused",
                "secret.create login",
                "secret.delete login",
                "defaults.change of the server",
                "defaults.change default",
                "defaults.delete default",
            ],
            await ToldActs.ReadAsync(world.Database)
        );
    }
}
