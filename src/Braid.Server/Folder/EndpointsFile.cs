using System.Text.Json;
using System.Text.Json.Nodes;

namespace Braid.Server.Folder;

/// <summary>Where each door listens, in <c>DIR/endpoints.json</c>; written when all are open, removed at a clean stop.</summary>
internal sealed class EndpointsFile(string folder)
{
    private static readonly JsonSerializerOptions indented = new() { WriteIndented = true };

    private string FilePath => Path.Combine(folder, "endpoints.json");

    public Task WriteAsync(IEnumerable<KeyValuePair<string, string>> urls, CancellationToken ct)
    {
        var content = new JsonObject();
        foreach (var (name, url) in urls)
        {
            content[name] = url;
        }

        content["pid"] = Environment.ProcessId;
        return PrivateFile.WriteAsync(FilePath, JsonSerializer.SerializeToUtf8Bytes(content, indented), ct);
    }

    public void Remove() => File.Delete(FilePath);
}
