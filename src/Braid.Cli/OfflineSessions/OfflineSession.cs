using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Braid.Cli.Archives;
using Braid.Cli.CommandLine;
using Braid.Gateway.ClearML.Requests;

namespace Braid.Cli.OfflineSessions;

/// <summary>
/// The zip archive of a session: <c>task.json</c>, <c>log.jsonl</c>, <c>metrics.jsonl</c>, and files below <c>data/</c> and
/// <c>models/</c>. All names in it are looked at before anything is done.
/// </summary>
internal sealed class OfflineSession : IAsyncDisposable
{
    private const string taskFile = "task.json";

    private readonly string name;
    private readonly FileStream file;
    private readonly ZipReader zip;
    private readonly Dictionary<string, ZipMember> members;

    private OfflineSession(string name, FileStream file, ZipReader zip)
    {
        (this.name, this.file, this.zip) = (name, file, zip);
        members = zip.Members().GroupBy(member => member.Path).ToDictionary(group => group.Key, group => group.Last());
    }

    /// <exception cref="Failure">It is no such archive, or names in it lead elsewhere.</exception>
    public static async Task<OfflineSession> OpenAsync(string path)
    {
        var file = OpenFile(path);
        try
        {
            return new(path, file, new(path, file));
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    /// <summary>What <c>task.json</c> says.</summary>
    /// <exception cref="Failure">There is none, or it describes no offline task.</exception>
    public async Task<OfflineTask> ReadTaskAsync(CancellationToken ct)
    {
        if (Find(taskFile) is not { } member)
        {
            throw new Failure(
                $"{name}: no offline session of ClearML's SDK: it has no {taskFile} (the SDK writes the zip file when the task is closed)"
            );
        }

        using var text = new MemoryStream();
        await foreach (var piece in zip.ReadAsync(member, ct))
        {
            text.Write(piece.Span);
        }

        return OfflineTask.Read(Parse(taskFile, text.GetBuffer().AsSpan(0, (int)text.Length)))
            ?? throw new Failure($"{name}: {taskFile} describes no task that ran offline");
    }

    /// <summary>The file with a path in the archive; null when there is none.</summary>
    public ZipMember? Find(string path) => members.TryGetValue(path, out var member) ? member : null;

    public IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(ZipMember member, CancellationToken ct) =>
        zip.ReadAsync(member, ct);

    /// <summary>The objects of a file whose every line is an array of them; none when there is no such file.</summary>
    public async IAsyncEnumerable<JsonObject> ObjectsAsync(string path, [EnumeratorCancellation] CancellationToken ct)
    {
        if (Find(path) is not { } member)
        {
            yield break;
        }

        var number = 0;
        await foreach (var line in Lines.ReadAsync($"{name}: {path}", zip.ReadAsync(member, ct), ct))
        {
            var where = $"{path}, line {++number}";
            var items =
                Parse(where, line.Span) as JsonArray ?? throw new Failure($"{name}: {where}: no array of events");
            foreach (var item in items)
            {
                yield return item as JsonObject ?? throw new Failure($"{name}: {where}: no array of events");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        zip.Dispose();
        await file.DisposeAsync();
    }

    private static FileStream OpenFile(string path)
    {
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new Failure($"cannot read {path}: {error.Message}");
        }
    }

    private JsonNode? Parse(string where, ReadOnlySpan<byte> text)
    {
        try
        {
            return LenientJson.Parse(text);
        }
        catch (JsonException error)
        {
            throw new Failure($"{name}: {where}: no JSON: {error.Message}");
        }
    }
}
