using System.IO.Compression;
using Braid.Access.Callers;
using Braid.Primitives;
using Braid.Tracking.Runs;

namespace Braid.Gateway.ClearML.Datasets;

/// <summary>The archives that versions were uploaded in. One is open at a time.</summary>
internal sealed class DatasetArchives(Runs runs, Tracking.Artifacts.Artifacts artifacts, Caller caller)
    : IAsyncDisposable
{
    private readonly Dictionary<RunId, IReadOnlyDictionary<string, string>> addresses = [];
    private Stream? content;
    private ZipArchive? archive;
    private (RunId Version, string Name) open;

    /// <summary>A file of an archive. Its stream is read before the next is asked for.</summary>
    /// <exception cref="InvalidDataException">The archive is damaged.</exception>
    public async Task<Result<ZipArchiveEntry>> FindAsync(RunId version, string name, string path, CancellationToken ct)
    {
        if (open != (version, name) && await OpenAsync(version, name, ct) is { } refused)
        {
            return refused;
        }

        return archive?.GetEntry(path) is { } entry ? entry : Errors.NotInArchive(path, name, version);
    }

    public async ValueTask DisposeAsync()
    {
        if (archive is not null)
        {
            await archive.DisposeAsync();
        }

        if (content is not null)
        {
            await content.DisposeAsync();
        }

        (archive, content, open) = (null, null, default);
    }

    private async Task<Error?> OpenAsync(RunId version, string name, CancellationToken ct)
    {
        await DisposeAsync();
        if (!(await AddressAsync(version, name, ct)).TryGet(out var address, out var missing))
        {
            return missing;
        }

        if (!(await artifacts.OpenAddressAsync(caller, address, ct)).TryGet(out var file, out var error))
        {
            return error;
        }

        content = file.Content;
        archive = await ZipArchive.CreateAsync(content, ZipArchiveMode.Read, leaveOpen: true, null, ct);
        open = (version, name);
        return null;
    }

    private async Task<Result<string>> AddressAsync(RunId version, string name, CancellationToken ct)
    {
        if (!addresses.TryGetValue(version, out var known))
        {
            var found = await runs.GetAsync(caller, version, RunParts.Artifacts, ct);
            if (!found.TryGet(out var task, out var error))
            {
                return error;
            }

            known = task.Artifacts.ToLookup(one => one.Key).ToDictionary(one => one.Key, one => one.First().Uri);
            addresses.Add(version, known);
        }

        return known.TryGetValue(name, out var address) ? address : Errors.NoSuchArchive(name, version);
    }
}
