using System.Text;
using Braid.Access.Callers;
using Braid.Primitives;
using Braid.Testing;
using Braid.Tracking.Artifacts;
using Braid.Tracking.Runs;

namespace Braid.Tracking.Tests;

public sealed class ArtifactTests
{
    private static readonly Caller someone = TrackingFixture.Someone;

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_file_is_read_as_it_was_stored_and_listed_in_its_folder(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var artifacts = await tracking.ArtifactsAsync();
        await PutAsync(artifacts, someone, "a/b/c.txt", "one");
        await PutAsync(artifacts, someone, "a/d.txt", "two");
        var replaced = (await PutAsync(artifacts, someone, "a/b/c.txt", "other")).Value;
        Assert.Equal(5, replaced.Size);
        Assert.Equal("other", await ReadAsync(artifacts, someone, "a/b/c.txt"));
        Assert.Equal(["a"], await ListAsync(artifacts, someone, ""));
        Assert.Equal(["a/b", "a/d.txt"], await ListAsync(artifacts, someone, "/a/"));
        Assert.True((await artifacts.StatAsync(someone, ArtifactSpaces.MLflow, "a/b", default)).Value.IsFolder);
        Assert.Equal(
            "tracking.no-such-file",
            (await artifacts.StatAsync(someone, ArtifactSpaces.Files, "a/d.txt", default)).Error?.Code
        );
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_folder_goes_with_everything_in_it_and_leaves_no_empty_folder(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var artifacts = await tracking.ArtifactsAsync();
        foreach (var path in (string[])["x/a/1", "x/a/b/2", "x/ab/3", "y"])
        {
            await PutAsync(artifacts, someone, path, path);
        }

        Assert.Equal(2, (await artifacts.DeleteAsync(someone, ArtifactSpaces.MLflow, "x/a", default)).Value);
        Assert.Equal(["x/ab"], await ListAsync(artifacts, someone, "x"));
        Assert.Equal(1, (await artifacts.DeleteAsync(someone, ArtifactSpaces.MLflow, "x/ab/3", default)).Value);
        Assert.Equal(["y"], await ListAsync(artifacts, someone, ""));
        Assert.Equal(
            "tracking.no-such-file",
            (await artifacts.DeleteAsync(someone, ArtifactSpaces.MLflow, "x", default)).Error?.Code
        );
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Paths_that_leave_the_space_or_cross_a_file_are_refused(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var artifacts = await tracking.ArtifactsAsync();
        foreach (var path in (string[])["../x", "a/../b", "a//b", "a/./b", "a\\b", "a\0b", "..", "", "/"])
        {
            Assert.Equal("tracking.bad-path", (await PutAsync(artifacts, someone, path, "x")).Error?.Code);
        }

        await PutAsync(artifacts, someone, "a/b", "file");
        Assert.Equal("tracking.path-in-use", (await PutAsync(artifacts, someone, "a/b/c", "x")).Error?.Code);
        Assert.Equal("tracking.path-in-use", (await PutAsync(artifacts, someone, "a", "x")).Error?.Code);
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_job_uses_the_files_of_its_own_run_and_a_discarded_attempts_files_go(string store)
    {
        await using var tracking = await TrackingFixture.OpenAsync(store);
        var artifacts = await tracking.ArtifactsAsync();
        var (id, job) = await tracking.JobAsync();
        await PutAsync(artifacts, someone, "other", "secret");
        Assert.Equal(id, (await PutAsync(artifacts, job, "mine/model.bin", "weights")).Value.Run);
        Assert.Equal("weights", await ReadAsync(artifacts, job, "mine/model.bin"));
        Assert.False((await artifacts.OpenAsync(job, ArtifactSpaces.MLflow, "other", default)).IsOk);
        Assert.False((await PutAsync(artifacts, job, "other", "mine now")).IsOk);
        Assert.False((await artifacts.DeleteAsync(job, ArtifactSpaces.MLflow, "other", default)).IsOk);
        Assert.Equal(["mine"], await ListAsync(artifacts, job, ""));
        await tracking.Database.WriteAsync(db => tracking.Runs.DiscardWriterAsync(db, id, job.Attempt), default);
        Assert.Equal(["other"], await ListAsync(artifacts, someone, ""));
    }

    private static async Task<Result<StoredFile>> PutAsync(
        Artifacts.Artifacts artifacts,
        Caller caller,
        string path,
        string text
    )
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return await artifacts.PutAsync(caller, ArtifactSpaces.MLflow, path, content, null, default);
    }

    private static async Task<string> ReadAsync(Artifacts.Artifacts artifacts, Caller caller, string path)
    {
        var file = (await artifacts.OpenAsync(caller, ArtifactSpaces.MLflow, path, default)).Value;
        using var reader = new StreamReader(file.Content);
        return await reader.ReadToEndAsync();
    }

    private static async Task<IEnumerable<string>> ListAsync(
        Artifacts.Artifacts artifacts,
        Caller caller,
        string folder
    ) => (await artifacts.ListAsync(caller, ArtifactSpaces.MLflow, folder, default)).Value.Select(file => file.Path);
}
