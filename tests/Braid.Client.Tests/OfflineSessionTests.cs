using System.IO.Compression;
using System.Text.Json;
using Braid.Client.Backends;
using Braid.Client.Backends.ClearMLOffline;
using Braid.Client.Records;
using Braid.Testing;

namespace Braid.Client.Tests;

/// <summary>Offline sessions of programs that were killed, wherever they were.</summary>
public sealed class OfflineSessionTests : IDisposable
{
    private static readonly RunEnd end = new(RunOutcome.Finished, "", 0);

    private readonly TempFolder folder = new();
    private readonly ClearMLOfflineBackend backend;

    public OfflineSessionTests() => backend = new(folder.Path);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_session_that_was_interrupted_is_gone_on_with()
    {
        var id = await LogAsync("a", null);
        await EndAsync(await LogAsync("b", id));
        Assert.Equal(["a", "b"], await ParametersAsync(id));
    }

    [Fact]
    public async Task A_program_killed_while_it_removed_the_archived_folder_loses_nothing_of_the_archive()
    {
        var id = await LogAsync("a", null);
        await EndAsync(id);
        Directory.CreateDirectory(folder.File($"{id}/data")); // the rest of the folder
        await EndAsync(await LogAsync("b", id));

        Assert.Equal(["a", "b"], await ParametersAsync(id));
        Assert.Equal([$"{id}.zip"], Names());
    }

    [Fact]
    public async Task A_program_killed_while_it_wrote_the_archive_loses_nothing_of_the_session()
    {
        var id = await LogAsync("a", null);
        await File.WriteAllTextAsync(folder.File($"{id}.zip.part"), "half an arch");
        await EndAsync(id);
        Assert.Equal(["a"], await ParametersAsync(id));
        Assert.Equal([$"{id}.zip"], Names());
    }

    [Fact]
    public async Task An_archive_stays_until_the_one_that_takes_its_place_is_whole()
    {
        var id = await LogAsync("a", null);
        await EndAsync(id);
        await LogAsync("b", id);
        Directory.CreateDirectory(folder.File($"{id}.zip.part")); // cannot be written
        await Assert.ThrowsAnyAsync<Exception>(() => EndAsync(id));
        Assert.Equal(["a"], await ParametersAsync(id));

        Directory.Delete(folder.File($"{id}.zip.part"));
        await EndAsync(id);
        Assert.Equal(["a", "b"], await ParametersAsync(id));
    }

    [Fact]
    public async Task Half_a_line_of_a_session_is_cut_before_it_is_gone_on_with()
    {
        var id = await LogAsync("a", null);
        var path = folder.File($"{id}/metrics.jsonl");
        var whole = await File.ReadAllTextAsync(path);
        await File.AppendAllTextAsync(path, whole[..(whole.Length / 2)]);
        await LogAsync("b", id);
        Assert.All(
            await File.ReadAllLinesAsync(path),
            line => Assert.Equal(JsonValueKind.Array, JsonElement.Parse(line).ValueKind)
        );
    }

    private async Task<string> LogAsync(string parameter, string? id)
    {
        await using var sink = await OpenAsync(id);
        await sink.LogAsync(
            [
                new(RecordKind.Parameter, parameter, Payload: new ParameterValue("General", "1", "int")),
                new(RecordKind.Metric, "loss", 1),
            ],
            default
        );
        return sink.RunId;
    }

    private async Task EndAsync(string id)
    {
        await using var sink = await OpenAsync(id);
        await sink.EndAsync(end, default);
    }

    private Task<IRunSink> OpenAsync(string? id) =>
        backend.OpenAsync(
            new() { Name = "run", RunId = id },
            new SinkContext(_ => { }, _ => { }, TimeProvider.System),
            default
        );

    private async Task<IReadOnlyList<string>> ParametersAsync(string id)
    {
        await using var zip = await ZipFile.OpenReadAsync(folder.File($"{id}.zip"));
        using var task = new StreamReader(await zip.GetEntry("task.json")!.OpenAsync());
        var json = JsonElement.Parse(await task.ReadToEndAsync());
        return [.. json.GetProperty("hyperparams").GetProperty("General").EnumerateObject().Select(each => each.Name)];
    }

    private IEnumerable<string?> Names() => Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName);
}
