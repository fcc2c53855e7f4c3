using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Braid.Load.Machine;

/// <summary>Calls a server as MLflow's clients do.</summary>
internal sealed class MLflowClient(Uri address) : IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = address };

    public async Task<string> ExperimentAsync(string name)
    {
        using var response = await http.GetAsync(Path($"experiments/get-by-name?experiment_name={name}"));
        using var reply = JsonDocument.Parse(await Checked(name, response).ReadAsByteArrayAsync());
        return Text(reply.RootElement.GetProperty("experiment").GetProperty("experiment_id"));
    }

    public async Task<string> NewExperimentAsync(string name)
    {
        using var reply = await CallAsync("experiments/create", $$"""{"name":"{{name}}"}""");
        return Text(reply.RootElement.GetProperty("experiment_id"));
    }

    public async Task<string> NewRunAsync(string experiment)
    {
        using var reply = await CallAsync("runs/create", $$"""{"experiment_id":"{{experiment}}","start_time":1000}""");
        return Text(reply.RootElement.GetProperty("run").GetProperty("info").GetProperty("run_id"));
    }

    /// <summary>The reply of a call.</summary>
    public async Task<JsonDocument> CallAsync(string call, string json) =>
        JsonDocument.Parse(await SendAsync(call, Encoding.UTF8.GetBytes(json)));

    /// <summary>Posts, and looks at nothing but whether it was refused; the reply.</summary>
    public async Task<byte[]> SendAsync(string call, ReadOnlyMemory<byte> body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Path(call));
        request.Content = new ReadOnlyMemoryContent(body);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = await http.SendAsync(request);
        return await Checked(call, response).ReadAsByteArrayAsync();
    }

    /// <summary>Gets, and drops the reply as it comes; how many bytes it had.</summary>
    public async Task<long> DrainAsync(string call)
    {
        using var response = await http.GetAsync(Path(call), HttpCompletionOption.ResponseHeadersRead);
        await using var content = await Checked(call, response).ReadAsStreamAsync();
        var (buffer, all) = (new byte[1 << 16], 0L);
        for (int read; (read = await content.ReadAsync(buffer)) > 0; )
        {
            all += read;
        }

        return all;
    }

    public void Dispose() => http.Dispose();

    private static string Path(string call) => $"/api/2.0/mlflow/{call}";

    private static HttpContent Checked(string call, HttpResponseMessage response) =>
        response.IsSuccessStatusCode
            ? response.Content
            : throw new InvalidOperationException($"{call}: {(int)response.StatusCode}");

    private static string Text(JsonElement value) =>
        value.GetString() ?? throw new InvalidOperationException("an id is a text");
}
