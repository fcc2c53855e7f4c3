using System.Globalization;
using Braid.Cli.CommandLine;

namespace Braid.Cli.MLProjects;

/// <summary>Values of type <c>path</c>, as files of this machine: what is elsewhere is downloaded.</summary>
/// <param name="storage">Where downloads go, in a folder of the run's own; null for the temporary folder.</param>
internal sealed class PathParameters(string? storage, TextWriter progress)
{
    private string? downloads;

    /// <exception cref="Failure">There is no such file.</exception>
    public async Task<OrderedDictionary<string, string>> LocateAsync(
        EntryPoint entry,
        OrderedDictionary<string, string> values,
        CancellationToken ct
    )
    {
        var located = new OrderedDictionary<string, string>(values);
        for (var i = 0; i < entry.Parameters.Count; i++)
        {
            if (entry.Parameters[i] is { Type: "path", Name: var name })
            {
                located[name] = Local(name, values[name]) ?? await DownloadAsync(i, name, values[name], ct);
            }
        }

        return located;
    }

    private static string? Local(string name, string value)
    {
        var isFile = Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri is { IsFile: true, Host: "" };
        if (!isFile && EntryParameter.HasScheme(value))
        {
            return null;
        }

        var path = Path.GetFullPath(isFile ? uri!.LocalPath : value);
        return Path.Exists(path)
            ? path
            : throw new Failure($"Got value {value} for parameter {name}, but no such file or directory was found.");
    }

    private async Task<string> DownloadAsync(int position, string name, string value, CancellationToken ct)
    {
        if (!Uri.TryCreate(value, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            throw new Failure(
                $"cannot download {value} for parameter {name}: a path is a file, a folder, or an http(s) address; "
                    + "declare it as uri where the program itself reads it"
            );
        }

        var folder = Path.Combine(Downloads(), string.Create(CultureInfo.InvariantCulture, $"param_{position}"));
        Directory.CreateDirectory(folder);
        var last = Path.GetFileName(uri.LocalPath);
        var file = Path.Combine(folder, last.Length > 0 ? last : "download");
        using var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        using var response = await http.GetAsync(uri, HttpCompletionOption.ResponseHeadersRead, ct);
        if (!response.IsSuccessStatusCode)
        {
            throw new Failure($"cannot download {value} for parameter {name}: {(int)response.StatusCode}");
        }

        await using var target = File.Create(file);
        await response.Content.CopyToAsync(target, ct);
        return file;
    }

    private string Downloads()
    {
        if (downloads is null)
        {
            downloads = storage is null
                ? Directory.CreateTempSubdirectory("braid-project-").FullName
                : Directory.CreateDirectory(Path.Combine(Path.GetFullPath(storage), Path.GetRandomFileName())).FullName;
            progress.WriteLine(
                $"=== Created directory {downloads} for downloading remote URIs passed to arguments of type 'path' ==="
            );
        }

        return downloads;
    }
}
