using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Braid.Gateway.MLflow.Tests.Hosting;

namespace Braid.Gateway.MLflow.Tests.Replay;

/// <summary>
/// Sends again what stock clients sent on their normal day (experiments, runs, metrics, artifacts, a model, the registry,
/// searches) and holds every status and answer against what satisfied them; and, one by one, the requests whose answers were
/// compared with those of MLflow's own server: every limit, every comparator, every refusal.
/// </summary>
public sealed class ReplayTests
{
    public static TheoryData<string> Recordings =>
        [.. Directory.GetFiles(Folder, "*.jsonl").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Recorded");

    [Theory, MemberData(nameof(Recordings))]
    public async Task A_recorded_day_goes_the_same_way_again(string recording)
    {
        await using var server = await MLflowServer.StartAsync();
        var names = new Names();
        foreach (
            var (exchange, line) in Exchange.Read(Path.Combine(Folder, recording)).Select((one, at) => (one, at + 1))
        )
        {
            using var request = Request(exchange, names);
            using var response = await server.Client.SendAsync(request);
            var body = await response.Content.ReadAsByteArrayAsync();
            var where = $"{recording}:{line} {exchange.Method} {request.RequestUri}";
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
