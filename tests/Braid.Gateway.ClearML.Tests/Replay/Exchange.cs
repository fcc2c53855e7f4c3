using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Braid.Testing;

namespace Braid.Gateway.ClearML.Tests.Replay;

/// <summary>One recorded request and its answer.</summary>
internal sealed class Exchange(JsonObject record)
{
    /// <summary>An escaped quote would lengthen an id that follows it.</summary>
    private static readonly JsonSerializerOptions plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public bool IsFile => Text("port") == "files";
    public string Path => Text("path")!;
    public int Status => record["status"]!.GetValue<int>();
    public int Subcode => record["subcode"]?.GetValue<int>() ?? 0;

    /// <summary>The answer comes when something is placed, or is told to end: who asked did so until it came.</summary>
    public bool Waits => record["waits"]?.GetValue<bool>() == true;

    /// <summary>Basic, Bearer or null.</summary>
    public string? Authorization => Text("auth");

    /// <summary>The JSON of the answer; null when it was something else.</summary>
    public JsonNode? Reply => record["reply"];

    /// <summary>Length of an answer that was not JSON.</summary>
    public long? Bytes => record["bytes"]?.GetValue<long>();

    public static IReadOnlyList<Exchange> ReadAll(string name)
    {
        var file = Repository.PathOf("tests", "Braid.Gateway.ClearML.Tests", "Recorded", name + ".jsonl");
        return [.. File.ReadLines(file).Select(line => new Exchange(JsonNode.Parse(line)!.AsObject()))];
    }

    /// <summary>The request, with the ids of this replay in place of the recorded ones.</summary>
    public HttpRequestMessage ToRequest(ReplayedIds ids) =>
        new(new HttpMethod(Text("verb")!), ids.Replace(Path)) { Content = Content(ids) };

    private HttpContent? Content(ReplayedIds ids)
    {
        if (record["parts"] is JsonArray parts)
        {
            return Form(parts, ids);
        }

        var text = record["lines"] is JsonArray lines
            ? string.Join('\n', lines.Select(line => line!.ToJsonString(plain)))
            : record["body"]?.ToJsonString(plain);
        return text is null ? null : new StringContent(ids.Replace(text), Encoding.UTF8, "application/json");
    }

    private static MultipartFormDataContent Form(JsonArray parts, ReplayedIds ids)
    {
        var form = new MultipartFormDataContent();
        foreach (var part in parts)
        {
            var path = ids.Replace(part!["name"]!.GetValue<string>());
            form.Add(new ByteArrayContent(Convert.FromBase64String(part["content"]!.GetValue<string>())), path, path);
        }

        return form;
    }

    private string? Text(string name) => record[name]?.GetValue<string>();
}
