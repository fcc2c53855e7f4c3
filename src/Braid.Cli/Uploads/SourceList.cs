using Braid.Cli.CommandLine;

namespace Braid.Cli.Uploads;

/// <summary>Reads a list of what to put: a path or an address a line.</summary>
internal static class SourceList
{
    private static readonly TimeSpan timeout = TimeSpan.FromSeconds(30);

    /// <param name="from">A path, a web address, or <c>-</c>.</param>
    /// <exception cref="Failure">It cannot be fetched, or it lists nothing.</exception>
    public static async Task<List<string>> ReadAsync(string from, Func<Stream> openInput, CancellationToken ct)
    {
        await using var list =
            from == PutPlan.StandardInput ? openInput()
            : PutPlan.IsAddress(from) ? await FetchAsync(from, ct)
            : File.OpenRead(from);
        using var reader = new StreamReader(list);
        var sources = new List<string>();
        while (await reader.ReadLineAsync(ct) is { } line)
        {
            if (line.Length > 0)
            {
                sources.Add(line);
            }
        }

        return sources.Count > 0 ? sources : throw new Failure($"{from} lists nothing to put");
    }

    private static async Task<Stream> FetchAsync(string address, CancellationToken ct)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            throw new Failure($"cannot read the list {address}: only http and https addresses, files and \"-\"");
        }

        using var http = new HttpClient { Timeout = timeout };
        using var answer = await http.GetAsync(uri, ct);
        return answer.IsSuccessStatusCode
            ? new MemoryStream(await answer.Content.ReadAsByteArrayAsync(ct))
            : throw new Failure($"cannot read the list {address}: the server answered {(int)answer.StatusCode}");
    }
}
