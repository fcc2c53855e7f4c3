using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Braid.Agent.Protocol;
using Braid.Primitives;

namespace Braid.Agent.Serving;

/// <summary>A server on another machine, asked at its web door.</summary>
public sealed class HttpNodeServer : INodeServer, IDisposable
{
    /// <summary>
    /// What takes longer than a question may wait is lost: a connection that died unnoticed must not cost the node its place, for which
    /// it has to ask every twenty seconds.
    /// </summary>
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(8);

    /// <summary>Bytes a second that files travel at least; slower, they are sent anew.</summary>
    private const double slowest = 64 << 10;

    /// <summary>The code of the one conflict that registering again does not cure.</summary>
    private const string nodeTaken = "workloads.node-taken";

    private readonly HttpClient http;
    private readonly TimeProvider clock;

    /// <param name="address">The server's web door.</param>
    /// <param name="keys">An administrator's access key and secret; null where the server demands none.</param>
    public HttpNodeServer(Uri address, (string AccessKey, string SecretKey)? keys, TimeProvider clock)
    {
        this.clock = clock;
        http = new(new SocketsHttpHandler { ConnectTimeout = patience / 2 })
        {
            BaseAddress = address,
            Timeout = Timeout.InfiniteTimeSpan,
        };
        if (keys is { } pair)
        {
            var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{pair.AccessKey}:{pair.SecretKey}"));
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", basic);
        }
    }

    public async Task<Result<Unit>> RegisterAsync(NodeRegistration registration, CancellationToken ct)
    {
        var answer = await PostAsync(
            "register",
            registration,
            AgentJson.Default.NodeRegistration,
            AgentJson.Default.NodeReportAnswer,
            ct
        );
        return answer.Select(_ => Unit.Value);
    }

    public Task<Result<NodeOrders>> AskAsync(NodeQuestion question, CancellationToken ct) =>
        PostAsync(
            "ask",
            question,
            AgentJson.Default.NodeQuestion,
            AgentJson.Default.NodeOrders,
            ct,
            TimeSpan.FromSeconds(question.WaitSeconds)
        );

    public Task<Result<NodeReportAnswer>> ReportAsync(NodeReport report, CancellationToken ct) =>
        PostAsync("report", report, AgentJson.Default.NodeReport, AgentJson.Default.NodeReportAnswer, ct);

    public Task<Result<NodeLinesAnswer>> AppendAsync(NodeLines lines, CancellationToken ct) =>
        PostAsync("lines", lines, AgentJson.Default.NodeLines, AgentJson.Default.NodeLinesAnswer, ct);

    public Task<Result<NodeUsageAnswer>> MeasureAsync(NodeUsage usage, CancellationToken ct) =>
        PostAsync("usage", usage, AgentJson.Default.NodeUsage, AgentJson.Default.NodeUsageAnswer, ct);

    public Task<Result<NodeEventsAnswer>> SendEventsAsync(
        NodeOutput file,
        long offset,
        Stream rest,
        CancellationToken ct
    ) => PutAsync("events", file, $"&offset={offset}", rest, AgentJson.Default.NodeEventsAnswer, ct);

    public Task<Result<NodeFileAnswer>> SendFileAsync(NodeOutput file, Stream content, CancellationToken ct) =>
        PutAsync("files", file, "", content, AgentJson.Default.NodeFileAnswer, ct);

    public void Dispose() => http.Dispose();

    private Task<Result<TAnswer>> PostAsync<TAsked, TAnswer>(
        string what,
        TAsked asked,
        JsonTypeInfo<TAsked> askedType,
        JsonTypeInfo<TAnswer> answerType,
        CancellationToken ct,
        TimeSpan waits = default
    )
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Relative(what))
        {
            Content = JsonContent.Create(asked, askedType),
        };
        return SendAsync(request, waits + patience, answerType, ct);
    }

    /// <summary>The file is its caller's to close.</summary>
    private Task<Result<TAnswer>> PutAsync<TAnswer>(
        string what,
        NodeOutput file,
        string more,
        Stream content,
        JsonTypeInfo<TAnswer> answerType,
        CancellationToken ct
    )
    {
        var attempt = file.Attempt;
        var query =
            $"node={Escaped(file.Node)}&epoch={Escaped(file.Epoch)}&workload={attempt.Workload}"
            + $"&replica={Escaped(attempt.Replica)}&fence={attempt.Fence}&path={Escaped(file.Path)}{more}";
        var request = new HttpRequestMessage(HttpMethod.Put, Relative($"{what}?{query}"))
        {
            Content = new RestOfFile(content),
        };
        var longest = patience + TimeSpan.FromSeconds((content.Length - content.Position) / slowest);
        return SendAsync(request, longest, answerType, ct);
    }

    private static Uri Relative(string what) => new($"api/agent/{what}", UriKind.Relative);

    private static string Escaped(string text) => Uri.EscapeDataString(text);

    private async Task<Result<TAnswer>> SendAsync<TAnswer>(
        HttpRequestMessage request,
        TimeSpan longest,
        JsonTypeInfo<TAnswer> answerType,
        CancellationToken ct
    )
    {
        using var closing = request;
        using var limit = new CancellationTokenSource(longest, clock);
        using var until = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        try
        {
            using var response = await http.SendAsync(request, until.Token);
            if (!response.IsSuccessStatusCode)
            {
                return await ErrorOfAsync(response, until.Token);
            }

            var answer = await response.Content.ReadFromJsonAsync(answerType, until.Token);
            return answer is null ? Errors.NoAnswer($"{http.BaseAddress}", "the answer is null") : answer;
        }
        catch (Exception error) when (error is HttpRequestException or IOException or JsonException)
        {
            return Errors.NoAnswer($"{http.BaseAddress}", error.Message);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return Errors.NoAnswer($"{http.BaseAddress}", $"nothing came within {longest.TotalSeconds:0} s");
        }
    }

    private static async Task<Error> ErrorOfAsync(HttpResponseMessage response, CancellationToken ct)
    {
        var text = await response.Content.ReadAsStringAsync(ct);
        var words = $"the server answered {(int)response.StatusCode}: {text}";
        return response.StatusCode switch
        {
            // By what is before a server that is away.
            HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout =>
                Errors.NoAnswer($"{response.RequestMessage?.RequestUri?.Host}", words),
            var status when KindOf(status, text) is var kind and not ErrorKind.Unavailable => new(
                kind,
                "agent.refused",
                words
            ),
            _ => Errors.Failed(words),
        };
    }

    private static ErrorKind KindOf(HttpStatusCode status, string text) =>
        status switch
        {
            HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge => ErrorKind.InvalidArgument,
            HttpStatusCode.Unauthorized => ErrorKind.Unauthenticated,
            HttpStatusCode.Forbidden => ErrorKind.PermissionDenied,
            HttpStatusCode.NotFound => ErrorKind.NotFound,
            HttpStatusCode.Conflict when text.Contains(nodeTaken, StringComparison.Ordinal) => ErrorKind.AlreadyExists,
            HttpStatusCode.Conflict => ErrorKind.Conflict,
            _ => ErrorKind.Unavailable,
        };
}
