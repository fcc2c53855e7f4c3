using System.Text.Json.Nodes;
using Braid.Pipelines.Creation;
using Braid.Pipelines.Defaults;
using Braid.Primitives;

namespace Braid.Pipelines.Tests.Defaults;

public sealed class SpecDefaultsTests : IAsyncLifetime
{
    private static readonly CancellationToken none = CancellationToken.None;
    private static readonly DefaultsChange regenerate = new(Regenerate: true, Reprocess: false, DryRun: false);

    private PipelineWorld? opened;

    private PipelineWorld World => opened ?? throw new InvalidOperationException("not started");

    private SpecDefaults Defaults => World.Host.Defaults;

    public async Task InitializeAsync()
    {
        opened = await PipelineWorld.OpenAsync();
        await World.CreateRepoAsync("images");
    }

    public async Task DisposeAsync() => await World.DisposeAsync();

    [Fact]
    public async Task A_spec_lies_over_the_projects_defaults_and_those_over_the_clusters()
    {
        await SetClusterAsync(
            """{"create_pipeline_request": {"datum_tries": 5, "autoscaling": true, "description": "c"}}"""
        );
        await SetProjectAsync("""{"createPipelineRequest": {"datumTries": "4", "description": "p"}}""");

        var silent = PipelineWorld.Ok(
            await Defaults.ApplyAsync(Text(PipelineWorld.Spec("a", "true", "images:/*")), none)
        );
        var spec = PipelineWorld.Spec("b", "true", "images:/*");
        spec["description"] = "u";
        spec["autoscaling"] = null;
        var outspoken = PipelineWorld.Ok(await Defaults.ApplyAsync(Text(spec), none));

        Assert.Equal((4, true, "p"), (silent.DatumTries, silent.Autoscaling, silent.Description));
        Assert.Equal((4, false, "u"), (outspoken.DatumTries, outspoken.Autoscaling, outspoken.Description));
        Assert.Equal(Text(spec), outspoken.UserJson);
    }

    [Fact]
    public async Task Regenerating_makes_new_versions_of_the_pipelines_that_change_and_keeps_their_salts()
    {
        var changes = await CreateAsync(PipelineWorld.Spec("changes", "true", "images:/*"));
        var decided = PipelineWorld.Spec("stays", "true", "images:/*");
        decided["datumTries"] = 2;
        await CreateAsync(decided);

        var affected = await SetClusterAsync("""{"createPipelineRequest": {"datumTries": 2}}""", regenerate);

        Assert.Equal([PipelineWorld.Ref("changes")], affected);
        var after = await InspectAsync("changes");
        Assert.Equal((2L, 2, changes.Salt), (after.Version, after.Spec.DatumTries, after.Salt));
        Assert.Equal(1, (await InspectAsync("stays")).Version);
    }

    [Fact]
    public async Task Reprocessing_gives_what_is_regenerated_another_salt()
    {
        var before = await CreateAsync(PipelineWorld.Spec("edges", "true", "images:/*"));

        await SetClusterAsync("""{"createPipelineRequest": {"datumTries": 2}}""", regenerate with { Reprocess = true });

        Assert.NotEqual(before.Salt, (await InspectAsync("edges")).Salt);
    }

    [Fact]
    public async Task A_dry_run_tells_and_changes_nothing()
    {
        await CreateAsync(PipelineWorld.Spec("edges", "true", "images:/*"));

        var affected = await SetClusterAsync(
            """{"createPipelineRequest": {"datumTries": 2}}""",
            regenerate with
            {
                DryRun = true,
            }
        );

        Assert.Single(affected);
        Assert.Equal(1, (await InspectAsync("edges")).Version);
        Assert.Equal(SpecDefaults.BuiltIn.Trim(), await Defaults.OfClusterAsync(none));
    }

    [Theory]
    [InlineData("{", "malformed")]
    [InlineData("""{"createPipelineRequest": {"datumTires": 2}}""", "unexpected field \"datumTires\"")]
    [InlineData("""{"create": {}}""", "unexpected field \"create\" in pps_v2.ClusterDefaults")]
    [InlineData("""{"createPipelineRequest": {"datumTries": "many"}}""", "must be a whole number")]
    [InlineData("""{"createPipelineRequest": {"datumTries": -1}}""", "datum_tries must be 1 or more")]
    public async Task Defaults_that_no_spec_could_have_are_refused(string json, string reason)
    {
        var error = (await Defaults.SetClusterAsync(PipelineWorld.Admin, json, regenerate, none)).Error;

        Assert.Equal(ErrorKind.InvalidArgument, error?.Kind);
        Assert.Contains(reason, error?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Defaults_that_would_break_a_pipeline_change_nothing()
    {
        var spec = PipelineWorld.Spec("edges", "true", "images:/*");
        await CreateAsync(spec);

        var refused = await Defaults.SetClusterAsync(
            PipelineWorld.Admin,
            """{"createPipelineRequest": {"service": {}, "spout": {}}}""",
            regenerate,
            none
        );

        Assert.False(refused.IsOk);
        Assert.Equal(SpecDefaults.BuiltIn.Trim(), await Defaults.OfClusterAsync(none));
    }

    [Fact]
    public async Task Defaults_of_a_project_that_is_not_there_are_refused()
    {
        var refused = await Defaults.SetProjectAsync(PipelineWorld.Admin, "nowhere", "{}", regenerate, none);

        Assert.Equal(ErrorKind.NotFound, refused.Error?.Kind);
    }

    private static string Text(JsonObject spec) => spec.ToJsonString();

    private async Task<IReadOnlyList<PipelineRef>> SetClusterAsync(string json, DefaultsChange? change = null) =>
        PipelineWorld.Ok(
            await Defaults.SetClusterAsync(PipelineWorld.Admin, json, change ?? new(false, false, false), none)
        );

    private async Task SetProjectAsync(string json) =>
        PipelineWorld.Ok(
            await Defaults.SetProjectAsync(PipelineWorld.Admin, "default", json, new(false, false, false), none)
        );

    private async Task<PipelineVersion> CreateAsync(JsonObject spec) =>
        PipelineWorld.Ok(
            await World.Pipelines.CreateOrUpdateAsync(
                PipelineWorld.Admin,
                PipelineWorld.Ok(await Defaults.ApplyAsync(Text(spec), none)),
                false,
                false,
                none
            )
        );

    private async Task<PipelineVersion> InspectAsync(string name) =>
        PipelineWorld.Ok(await World.Pipelines.InspectAsync(PipelineWorld.Admin, PipelineWorld.Ref(name), 0, none));
}
