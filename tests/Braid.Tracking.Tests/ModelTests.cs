using Braid.Access.Callers;
using Braid.Primitives;
using Braid.Testing;
using Braid.Tracking.Filters;
using Braid.Tracking.Inputs;
using Braid.Tracking.Models;

namespace Braid.Tracking.Tests;

public sealed class ModelTests
{
    private static readonly Caller someone = TrackingFixture.Someone;

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_model_is_read_as_it_was_made_and_changed(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var run = await tracking.RunAsync();
        var with = new ModelChange
        {
            Uri = "s3://w",
            Framework = "torch",
            Labels = ["v1"],
            SetTags = [new("k", "v")],
            SetParameters = [new("lr", "0.1")],
            SetMetadata = [new("acc", "float", "0.9"), new("old", "str", "x")],
        };
        var made = (
            await tracking.Models.CreateAsync(
                someone,
                new()
                {
                    Name = "net",
                    Run = run.Id,
                    With = with,
                },
                default
            )
        ).Value;
        Assert.Equal((run.Id, run.ProjectId, "s3://w"), (made.RunId, made.ProjectId, made.Uri));
        Assert.Equal([new("k", "v")], made.Tags);
        Assert.Equal([new("lr", "0.1")], made.Parameters);
        var change = new ModelChange
        {
            RemoveMetadata = ["old"],
            IsPublished = true,
            LastIteration = 7,
        };
        var changed = (await tracking.Models.UpdateAsync(someone, made.Id, change, default)).Value;
        Assert.Equal([new("acc", "float", "0.9")], changed.Metadata);
        Assert.Equal((true, 7, "torch"), (changed.IsPublished, changed.LastIteration, changed.Framework));
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Models_are_found_by_tag_metadata_run_and_label(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var run = await tracking.RunAsync();
        await tracking.Models.CreateAsync(someone, new() { Name = "plain" }, default);
        var with = new ModelChange
        {
            SetMetadata = [new("k", "str", "v")],
            SetTags = [new("t", "1")],
            Labels = ["best"],
        };
        await tracking.Models.CreateAsync(
            someone,
            new()
            {
                Name = "rich",
                Run = run.Id,
                With = with,
            },
            default
        );
        ModelQuery[] queries =
        [
            new() { Where = new Filter.Compare(new Field.Parameter("metadata", "k"), Comparison.Equal, "v") },
            new() { Where = new Filter.Compare(new Field.Tag("t"), Comparison.Like, "1%") },
            new() { Where = new Filter.HasLabel("best") },
            new() { Runs = [run.Id] },
        ];
        foreach (var query in queries)
        {
            Assert.Equal(
                "rich",
                Assert.Single((await tracking.Models.QueryAsync(someone, query, default)).Value.Items).Name
            );
        }

        Assert.Equal(2, (await tracking.Models.CountAsync(someone, new(), default)).Value);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Version_numbers_go_up_and_are_never_used_again(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var clearml = (
            await tracking.Models.CreateAsync(someone, new() { Name = "net", Register = true }, default)
        ).Value;
        Assert.Equal(("net", 1L), (clearml.RegisteredName, clearml.Version));
        Assert.Equal(
            "tracking.named-model-exists",
            (await tracking.Registry.CreateAsync(someone, "net", "", [], default)).Error?.Code
        );
        var second = (
            await tracking.Registry.CreateVersionAsync(someone, new() { Name = "net", Uri = "u" }, default)
        ).Value;
        Assert.Equal(2, second.Version);
        Assert.True((await tracking.Registry.DeleteVersionAsync(someone, "net", 2, default)).IsOk);
        Assert.Equal(
            "tracking.no-such-model",
            (await tracking.Models.GetAsync(someone, second.Id, default)).Error?.Code
        );
        Assert.Equal(
            3,
            (await tracking.Registry.CreateVersionAsync(someone, new() { Name = "net" }, default)).Value.Version
        );
        Assert.Equal(
            "tracking.no-such-version",
            (await tracking.Registry.GetVersionAsync(someone, "net", 2, default)).Error?.Code
        );
        var none = await tracking.Registry.CreateVersionAsync(someone, new() { Name = "none" }, default);
        Assert.Equal("tracking.no-such-named-model", none.Error?.Code);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_logged_model_becomes_the_version_and_is_copied_for_another_name(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var logged = (
            await tracking.Models.CreateAsync(someone, new() { Name = "m", State = ModelState.Pending }, default)
        ).Value;
        await tracking.Registry.CreateAsync(someone, "one", "", [], default);
        await tracking.Registry.CreateAsync(someone, "two", "", [], default);
        var one = (
            await tracking.Registry.CreateVersionAsync(someone, new() { Name = "one", Model = logged.Id }, default)
        ).Value;
        var two = (
            await tracking.Registry.CreateVersionAsync(someone, new() { Name = "two", Model = logged.Id }, default)
        ).Value;
        Assert.Equal(logged.Id, one.Id);
        Assert.NotEqual(logged.Id, two.Id);
        Assert.Equal(logged.Id, two.SourceModel);
        Assert.Equal(
            [logged.Id],
            (await tracking.Models.QueryAsync(someone, new() { Registered = false }, default)).Value.Items.Select(m =>
                m.Id
            )
        );
        await tracking.Registry.DeleteAsync(someone, "one", default);
        Assert.Null((await tracking.Models.GetAsync(someone, logged.Id, default)).Value.RegisteredName);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Aliases_point_at_one_version_and_follow_a_rename(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        await tracking.Registry.CreateAsync(someone, "net", "text", [new("k", "v")], default);
        await tracking.Registry.CreateVersionAsync(someone, new() { Name = "net" }, default);
        await tracking.Registry.CreateVersionAsync(someone, new() { Name = "net" }, default);
        await tracking.Registry.SetAliasAsync(someone, "net", "champion", 1, default);
        await tracking.Registry.SetAliasAsync(someone, "net", "champion", 2, default);
        Assert.Equal(
            "tracking.no-such-version",
            (await tracking.Registry.SetAliasAsync(someone, "net", "x", 9, default)).Error?.Code
        );
        var renamed = (await tracking.Registry.UpdateAsync(someone, "net", new() { Name = "web" }, default)).Value;
        Assert.Equal([new("champion", 2)], renamed.Aliases);
        Assert.Equal([new("k", "v")], renamed.Tags);
        Assert.Equal(2, (await tracking.Registry.GetByAliasAsync(someone, "web", "champion", default)).Value.Version);
        Assert.Equal(["champion"], (await tracking.Registry.GetVersionAsync(someone, "web", 2, default)).Value.Aliases);
        await tracking.Registry.RemoveAliasAsync(someone, "web", "champion", default);
        Assert.Equal(
            "tracking.no-such-alias",
            (await tracking.Registry.GetByAliasAsync(someone, "web", "champion", default)).Error?.Code
        );
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_new_stage_archives_the_others_when_asked_to_and_the_latest_of_each_stage_are_told(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        await tracking.Registry.CreateAsync(someone, "net", "", [], default);
        for (var version = 1; version <= 3; version++)
        {
            await tracking.Registry.CreateVersionAsync(someone, new() { Name = "net" }, default);
        }

        var production = new ModelChange { Stage = ModelStage.Production };
        await tracking.Registry.UpdateVersionAsync(someone, "net", 1, production, archiveOthersInStage: true, default);
        await tracking.Registry.UpdateVersionAsync(someone, "net", 2, production, archiveOthersInStage: true, default);
        var named = (await tracking.Registry.GetAsync(someone, "net", default)).Value;
        Assert.Equal(
            [(ModelStage.None, 3L), (ModelStage.Production, 2), (ModelStage.Archived, 1)],
            named.LatestVersions.Select(version => (version.Stage, version.Version ?? 0))
        );
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Named_models_are_found_without_a_tag_too(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        await tracking.Registry.CreateAsync(someone, "prompt", "", [new("is_prompt", "true")], default);
        await tracking.Registry.CreateAsync(someone, "net", "", [], default);
        var query = new NamedModelQuery
        {
            Where = !new Filter.Compare(new Field.Tag("is_prompt"), Comparison.Equal, "true"),
        };
        Assert.Equal(
            ["net"],
            (await tracking.Registry.QueryAsync(someone, query, default)).Value.Items.Select(one => one.Name)
        );
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_model_leads_to_the_commits_that_its_run_read(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var (id, job) = await tracking.JobAsync();
        var input = new RunInput(id, "images", "default/images", "master", "c1");
        await tracking.Database.WriteAsync(db => tracking.Inputs.AddForJobAsync(db, input), default);
        await tracking.Runs.CreateAsync(job, new() { Protocol = "mlflow", Name = "x" }, default);
        var child = (await tracking.Runs.CreateAsync(job, new() { Protocol = "mlflow", Name = "x" }, default)).Value;
        var own = (await tracking.Models.CreateAsync(job, new() { Name = "net", Register = true }, default)).Value;
        var nested = (await tracking.Models.CreateAsync(job, new() { Name = "net", Run = child.Id }, default)).Value;
        Assert.Equal([input], (await tracking.Inputs.OfRunAsync(job, id, default)).Value);
        Assert.Equal([input], (await tracking.Inputs.OfModelAsync(someone, own.Id, default)).Value);
        Assert.Equal([input], (await tracking.Inputs.OfModelAsync(someone, nested.Id, default)).Value);
        Assert.Equal([id], (await tracking.Inputs.RunsReadingAsync(someone, "default/images", "c1", default)).Value);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_job_sees_the_models_of_its_own_runs_only(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var (_, job) = await tracking.JobAsync();
        var foreign = (
            await tracking.Models.CreateAsync(someone, new() { Name = "net", Register = true }, default)
        ).Value;
        var own = (await tracking.Models.CreateAsync(job, new() { Name = "net", Register = true }, default)).Value;
        Assert.Equal((2L, job.Run), (own.Version, own.RunId));
        Assert.Equal(
            [own.Id],
            (await tracking.Models.QueryAsync(job, new(), default)).Value.Items.Select(model => model.Id)
        );
        Assert.False((await tracking.Models.GetAsync(job, foreign.Id, default)).IsOk);
        Assert.False((await tracking.Registry.GetVersionAsync(job, "net", 1, default)).IsOk);
        Assert.False((await tracking.Registry.DeleteAsync(job, "net", default)).IsOk);
        Assert.Equal(
            [2L],
            (await tracking.Registry.GetAsync(job, "net", default)).Value.LatestVersions.Select(model =>
                model.Version ?? 0
            )
        );
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_dataset_is_an_input_of_a_run_once(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var one = await tracking.RunAsync("one");
        var two = await tracking.RunAsync("two");
        var input = new DatasetInput(new("iris", "d", "local", "x") { Schema = "{}" }, [new("k", "v")]);
        var other = input with { Dataset = input.Dataset with { Name = "other" } };
        await tracking.Inputs.AddDatasetsAsync(someone, one.Id, [input, other], default);
        await tracking.Inputs.AddDatasetsAsync(someone, one.Id, [input], default);
        await tracking.Inputs.AddDatasetsAsync(someone, two.Id, [input], default);
        var read = (await tracking.Inputs.DatasetsAsync(someone, [one.Id, two.Id], default)).Value;
        Assert.Equal(["iris", "other"], read.Where(item => item.Run == one.Id).Select(item => item.Dataset.Name));
        Assert.Equal(input.Dataset, Assert.Single(read, item => item.Run == two.Id).Dataset);
        Assert.Equal([new("k", "v")], read[0].Tags);
    }
}
