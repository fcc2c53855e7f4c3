using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Braid.Testing;

namespace Braid.Cli.Tests.MLflowImports;

/// <summary>An MLflow server that answers what a real one answered to the same requests (<c>Sources/README.md</c>).</summary>
internal sealed class RecordedServer : IAsyncDisposable
{
    private readonly List<JsonObject> exchanges;
    private readonly HttpListener listener = new();
    private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int? mark;
    private readonly bool holds;
    private readonly Task loop;
    private int asked;

    private RecordedServer(string name, int? mark, bool holds)
    {
        this.mark = mark;
        this.holds = holds;
        var file = Repository.PathOf("tests", "Braid.Cli.Tests", "MLflowImports", "Sources", $"{name}.jsonl");
        exchanges = [.. File.ReadLines(file).Select(line => (JsonObject)JsonNode.Parse(line)!)];
        Address = $"http://127.0.0.1:{FreePort.Next()}";
        listener.Prefixes.Add($"{Address}/");
        listener.Start();
        loop = AnswerAllAsync();
    }

    public string Address { get; }

    /// <summary>How many requests an import makes.</summary>
    public int Requests => exchanges.Count;

    /// <summary>Completed when the marked request has come.</summary>
    public Task Reached => reached.Task;

    /// <param name="mark">The number of a request, from 1 on, at which <see cref="Reached"/> is completed.</param>
    /// <param name="holds">The marked request is never answered.</param>
    public static RecordedServer Start(string name, int? mark = null, bool holds = false) => new(name, mark, holds);

    public async ValueTask DisposeAsync()
    {
        listener.Close();
        await loop;
    }

    private async Task AnswerAllAsync()
    {
        while (true)
        {
            HttpListenerContext call;
            try
            {
                call = await listener.GetContextAsync();
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            var isMarked = ++asked == mark;
            if (isMarked)
            {
                reached.TrySetResult();
            }

            if (!isMarked || !holds)
            {
                await AnswerAsync(call);
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext call)
    {
        try
        {
            using var reader = new StreamReader(call.Request.InputStream);
            var body = await reader.ReadToEndAsync();
            var known = exchanges.Find(each => IsSame(each, call.Request, body));
            call.Response.StatusCode = known?["status"]!.GetValue<int>() ?? (int)HttpStatusCode.NotImplemented;
            call.Response.ContentType = "application/json";
            var answer = known?["bytes"] is { } bytes
                ? Convert.FromBase64String(bytes.ToString())
                : Encoding.UTF8.GetBytes(known?["answer"]?.ToJsonString() ?? "{\"message\": \"not recorded\"}");
            call.Response.ContentLength64 = answer.Length;
            await call.Response.OutputStream.WriteAsync(answer);
            call.Response.Close();
        }
        catch (Exception gone) when (gone is HttpListenerException or IOException or ObjectDisposedException)
        {
            // Who asked was killed, or this is being closed.
            call.Response.Abort();
        }
    }

    private static bool IsSame(JsonObject exchange, HttpListenerRequest request, string body) =>
        exchange["method"]!.ToString() == request.HttpMethod
        && exchange["path"]!.ToString() == request.RawUrl
        && JsonNode.DeepEquals(exchange["body"], body.Length > 0 ? JsonNode.Parse(body) : null);
}
