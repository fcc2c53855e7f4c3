using System.Text;
using Braid.Access.Callers;
using Braid.Primitives;
using Braid.Testing;
using Braid.Tracking.Artifacts;
using Braid.Tracking.Models;
using Braid.Tracking.Runs;

namespace Braid.Tracking.Tests;

public sealed class FreedFileTests
{
    private static readonly Caller someone = TrackingFixture.Someone;

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_runs_files_go_with_it_but_for_those_of_its_models(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var (run, other) = (await tracking.RunAsync(), await tracking.RunAsync());
        foreach (var path in (string[])["p/r/a.bin", "p/r/models/net one.pt", "p/r/models/net one.pt.old"])
        {
            await PutAsync(tracking, path, run.Id);
        }

        await PutAsync(tracking, "p/o/a.bin", other.Id);
        await ModelAsync(tracking, run.Id, "https://files.example:8081/p/r/models/net%20one.pt");

        await tracking.Runs.DeleteAsync(someone, run.Id, StoredFiles.Go, default);

        Assert.Equal(["files/p/o/a.bin", "files/p/r/models/net one.pt"], await StoredAsync(tracking));
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Files_stay_where_that_is_asked_for(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var run = await tracking.RunAsync();
        await PutAsync(tracking, "p/a.bin", run.Id);

        await tracking.Runs.DeleteAsync(someone, run.Id, StoredFiles.Stay, default);

        Assert.Equal(["files/p/a.bin"], await StoredAsync(tracking));
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_run_that_starts_anew_keeps_what_it_reads(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var input = new RunArtifact
        {
            Key = "in",
            Mode = "input",
            Uri = "http://f/p/in.bin",
        };
        var run = await tracking.RunAsync(with: new() { SetArtifacts = [input] });
        await PutAsync(tracking, "p/in.bin", run.Id);
        await PutAsync(tracking, "p/out.bin", run.Id);

        await tracking.Runs.ResetAsync(someone, run.Id, force: false, StoredFiles.Go, default);

        Assert.Equal(["files/p/in.bin"], await StoredAsync(tracking));
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_models_file_goes_with_the_last_model_that_names_it(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var run = await tracking.RunAsync();
        await PutAsync(tracking, "p/net/weights", run.Id);
        await PutAsync(tracking, "p/net/config", run.Id);
        var first = await ModelAsync(tracking, run.Id, "http://f/p/net");
        var second = await ModelAsync(tracking, run.Id, "http://f/p/net");

        await tracking.Models.DeleteAsync(someone, first, StoredFiles.Go, default);
        Assert.Equal(2, (await StoredAsync(tracking)).Count);

        await tracking.Models.DeleteAsync(someone, second, StoredFiles.Go, default);
        Assert.Empty(await StoredAsync(tracking));
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_model_takes_no_file_with_it_that_no_run_stored(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        await PutAsync(tracking, "shared/net.pt", null);
        var model = await ModelAsync(tracking, null, "http://elsewhere.example/shared/net.pt");

        await tracking.Models.DeleteAsync(someone, model, StoredFiles.Go, default);

        Assert.Equal(["files/shared/net.pt"], await StoredAsync(tracking));
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task MLflows_files_stay_while_a_model_may_name_them_by_their_run(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var run = await tracking.RunAsync();
        await PutAsync(tracking, "1/artifacts/model", run.Id, ArtifactSpaces.MLflow);
        await PutAsync(tracking, "p/a.bin", run.Id);
        await ModelAsync(tracking, run.Id, $"runs:/{run.Id}/model");

        await tracking.Runs.DeleteAsync(someone, run.Id, StoredFiles.Go, default);

        Assert.Equal(["mlflow/1/artifacts/model"], await StoredAsync(tracking));
    }

    private static async Task PutAsync(
        TrackingFixture tracking,
        string path,
        RunId? run,
        string space = ArtifactSpaces.Files
    )
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(path));
        var artifacts = await tracking.ArtifactsAsync();
        Assert.True((await artifacts.PutAsync(someone, space, path, content, run, default)).IsOk);
    }

    private static async Task<ModelId> ModelAsync(TrackingFixture tracking, RunId? run, string uri)
    {
        var model = new NewModel
        {
            Name = "net",
            Run = run,
            With = new() { Uri = uri },
        };
        return (await tracking.Models.CreateAsync(someone, model, default)).Value.Id;
    }

    /// <summary>What a sweep would keep.</summary>
    private static Task<List<string>> StoredAsync(TrackingFixture tracking) =>
        tracking.Database.ReadAsync(
            async db =>
            {
                var roots = new List<string>();
                await foreach (var root in ArtifactRoots.ReadAsync(db))
                {
                    roots.Add(root.Holder.Name);
                }

                roots.Sort(StringComparer.Ordinal);
                return roots;
            },
            default
        );
}
