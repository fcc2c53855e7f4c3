using System.Text;
using System.Text.Json.Nodes;

namespace Braid.Gateway.MLflow.Tests.Replay;

/// <summary>One request of a real client and the answer that satisfied it, as one line of a recording holds them.</summary>
internal sealed record Exchange(
    string Method,
    string Path,
    string? ContentType,
    byte[] Request,
    int Status,
    byte[] Response
)
{
    public static IReadOnlyList<Exchange> Read(string file) => [.. File.ReadLines(file).Select(Parse)];

    private static Exchange Parse(string line)
    {
        var json = JsonNode.Parse(line) ?? throw new FormatException("a recording's line is empty");
        return new(
            Text(json, "method") ?? "",
            Text(json, "path") ?? "",
            Text(json, "type"),
            Bytes(json, "request"),
            json["status"]?.GetValue<int>() ?? 0,
            Bytes(json, "response")
        );
    }

    private static string? Text(JsonNode json, string name) => json[name]?.GetValue<string>();

    private static byte[] Bytes(JsonNode json, string name) =>
        Text(json, $"{name}_base64") is { } base64
            ? Convert.FromBase64String(base64)
            : Encoding.UTF8.GetBytes(Text(json, name) ?? "");
}
