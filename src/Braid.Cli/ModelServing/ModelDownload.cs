using System.Globalization;
using Braid.Cli.CommandLine;
using Braid.Cli.MLflowImports;
using Braid.Cli.Transfers;

namespace Braid.Cli.ModelServing;

/// <summary>
/// Fetches the files of a model, and checks each: a Braid server names the content of a file by its hash, which is computed here from the
/// bytes that came.
/// </summary>
internal sealed class ModelDownload(ModelStore store, string folder)
{
    private const int hashLength = 64;
    private const int deepest = 64;
    private const int blockSize = 1 << 17;

    private int files;
    private int hashed;
    private long bytes;

    /// <summary>What was fetched, in one line.</summary>
    public string Summary(string place) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"fetched {place}: {files} files, {bytes} bytes, {(hashed == files ? "all checked by their hashes" : $"{files - hashed} checked by their length only")}"
        );

    /// <param name="place">The folder's path among the artifacts.</param>
    /// <exception cref="Failure">There is nothing, or something else arrived than is stored.</exception>
    public async Task RunAsync(string place, CancellationToken ct)
    {
        await FetchAsync(place, folder, 0, ct);
        if (files == 0)
        {
            throw new Failure($"there is no model at {place}: the folder is empty");
        }
    }

    private async Task FetchAsync(string place, string target, int depth, CancellationToken ct)
    {
        if (depth > deepest)
        {
            throw new Failure($"{place} lies deeper than {deepest} folders");
        }

        Directory.CreateDirectory(target);
        foreach (var item in await store.ListAsync(place, ct))
        {
            // A server may be anybody's: nothing is written outside of the folder.
            var name = item.Text("path");
            if (name is "" or "." or ".." || name.AsSpan().ContainsAny('/', '\\', '\0'))
            {
                throw new Failure($"the server names a file '{name}' in {place}, which is no name of one");
            }

            var path = Path.Combine(target, name);
            if (item.Text("is_dir") == "true")
            {
                await FetchAsync($"{place}/{name}", path, depth + 1, ct);
            }
            else
            {
                await FetchFileAsync($"{place}/{name}", path, item.Time("file_size"), ct);
            }
        }
    }

    private async Task FetchFileAsync(string place, string path, long? length, CancellationToken ct)
    {
        using var response = await store.OpenAsync(place, ct);
        using var hash = new ContentHash();
        var got = 0L;
        await using (var content = await response.Content.ReadAsStreamAsync(ct))
        await using (var file = File.Create(path))
        {
            var block = new byte[blockSize];
            while (await content.ReadAsync(block, ct) is var count and > 0)
            {
                hash.Add(block.AsSpan(0, count));
                await file.WriteAsync(block.AsMemory(0, count), ct);
                got += count;
            }
        }

        if (length is { } expected && expected != got)
        {
            throw new Failure($"{got} bytes of {place} came, {expected} are stored: try again");
        }

        if (response.Headers.ETag?.Tag.Trim('"') is { Length: hashLength } stored)
        {
            Check(place, stored, Convert.ToHexStringLower(hash.Finish()));
        }

        files++;
        bytes += got;
    }

    private void Check(string place, string stored, string came)
    {
        if (stored != came)
        {
            throw new Failure($"{place} arrived damaged: its content is {came}, and {stored} is stored. Try again");
        }

        hashed++;
    }
}
