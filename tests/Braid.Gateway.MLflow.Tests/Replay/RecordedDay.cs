using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Braid.Gateway.MLflow.Tests.Replay;

/// <summary>Sends again what a client sent, and holds every status and answer against what satisfied it.</summary>
internal static class RecordedDay
{
    /// <param name="file">A recording.</param>
    /// <param name="names">Learns what this server made up.</param>
    public static async Task ReplayAsync(HttpClient client, string file, Names names)
    {
        foreach (var (exchange, line) in Exchange.Read(file).Select((one, at) => (one, at + 1)))
        {
            using var request = Request(exchange, names);
            using var response = await client.SendAsync(request);
            var body = await response.Content.ReadAsByteArrayAsync();
            var where = $"{Path.GetFileName(file)}:{line} {exchange.Method} {request.RequestUri}";
            Assert.True(exchange.Status == (int)response.StatusCode, $"{where}: {(int)response.StatusCode}");
            var differences = Differences(exchange, body, names).ToList();
            Assert.True(differences.Count == 0, $"{where}: {string.Join("; ", differences)}");
        }
    }

    private static HttpRequestMessage Request(Exchange exchange, Names names)
    {
        var request = new HttpRequestMessage(new(exchange.Method), names.Translate(exchange.Path));
        if (exchange.Request.Length > 0 || exchange.Method is "PUT" or "POST")
        {
            request.Content = new ByteArrayContent(names.Translate(exchange.Request));
            request.Content.Headers.ContentType = exchange.ContentType is { } type
                ? MediaTypeHeaderValue.Parse(type)
                : null;
        }

        return request;
    }

    private static IEnumerable<string> Differences(Exchange exchange, byte[] actual, Names names) =>
        Json(exchange.Response) is { } recorded && Json(actual) is { } ours
            ? Comparison.Differences(recorded, ours, names)
        : names.Translate(exchange.Response).AsSpan().SequenceEqual(actual) ? []
        : ["other bytes"];

    private static JsonNode? Json(byte[] bytes)
    {
        try
        {
            return JsonNode.Parse(bytes);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
