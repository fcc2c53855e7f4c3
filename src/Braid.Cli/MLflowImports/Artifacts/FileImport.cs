using Braid.Cli.MLflowImports.Sources;

namespace Braid.Cli.MLflowImports.Artifacts;

/// <summary>Stores the artifacts of a run or model, and reads each back: its length and SHA-256 are those of the source.</summary>
internal sealed class FileImport(ImportTarget target, ImportReport report)
{
    /// <summary>What artifact locations of the server's own begin with.</summary>
    public const string Proxied = "mlflow-artifacts:/";

    private const int blockSize = 1 << 17;

    /// <param name="place">Where they go: <c>mlflow-artifacts:/...</c>.</param>
    /// <param name="existed">The owner was here before, perhaps with all of its files.</param>
    /// <param name="what">The owner, for messages.</param>
    public async Task SendAsync(
        Func<IAsyncEnumerable<SourceFile>> read,
        string place,
        bool existed,
        string what,
        CancellationToken ct
    )
    {
        try
        {
            await foreach (var file in read().WithCancellation(ct))
            {
                if (IsBelowItsRoot(file.Path))
                {
                    await SendAsync(file, $"{place[Proxied.Length..]}/{file.Path}", existed, what, ct);
                }
                else
                {
                    report.Fail($"artifact '{file.Path}' of {what}", "its path does not name a file below the owner's");
                }
            }
        }
        catch (Exception error) when (error is Unreadable or IOException or UnauthorizedAccessException)
        {
            report.Fail($"artifacts of {what}", error.Message);
        }
    }

    /// <summary>A source may be anybody's: no path of its may lead to the files of another run.</summary>
    private static bool IsBelowItsRoot(string path) =>
        path.Split('/').All(part => part is not ("" or "." or "..") && !part.Contains('\\', StringComparison.Ordinal));

    private async Task SendAsync(SourceFile file, string path, bool existed, string what, CancellationToken ct)
    {
        var address =
            "/api/2.0/mlflow-artifacts/artifacts/" + string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
        try
        {
            var (length, isNew) =
                existed && await IsThereAsync(file, address, ct) is { } there
                    ? (there, false)
                    : (await StoreAsync(file, address, ct), true);
            report.Artifacts.Add(1, isNew);
            report.Bytes += length;
        }
        catch (Exception error) when (error is Refused or IOException or UnauthorizedAccessException)
        {
            report.Fail($"artifact {file.Path} of {what}", error.Message);
        }
    }

    /// <summary>The file's length when just that is stored there.</summary>
    private async Task<long?> IsThereAsync(SourceFile file, string address, CancellationToken ct)
    {
        using var response = await target.OpenAsync(address, ct);
        if (
            response is null
            || (file.Length ?? response.Content.Headers.ContentLength) != response.Content.Headers.ContentLength
        )
        {
            return null;
        }

        var stored = await HashAsync(await response.Content.ReadAsStreamAsync(ct), ct);
        await using var content = await file.OpenAsync(ct);
        return await HashAsync(content, ct) == stored ? stored.Length : null;
    }

    private async Task<long> StoreAsync(SourceFile file, string address, CancellationToken ct)
    {
        HashedLength sent;
        await using (var content = new HashingStream(await file.OpenAsync(ct)))
        {
            await target.PutAsync(address, content, ct);
            sent = content.Read();
        }

        using var response =
            await target.OpenAsync(address, ct) ?? throw new Refused("it is not there after it was stored");
        var stored = await HashAsync(await response.Content.ReadAsStreamAsync(ct), ct);
        return stored == sent
            ? sent.Length
            : throw new Refused(
                $"{stored.Length} bytes are stored, {sent.Length} were sent, and their SHA-256 are not the same"
            );
    }

    private static async Task<HashedLength> HashAsync(Stream content, CancellationToken ct)
    {
        await using var hashing = new HashingStream(content);
        var block = new byte[blockSize];
        while (await hashing.ReadAsync(block, ct) > 0)
        {
            // Only what passes counts.
        }

        return hashing.Read();
    }
}
