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
    /// <summary>The server answers a question after ten seconds at the latest; what takes longer is lost.</summary>
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(30);

    /// <summary>The code of the one conflict that registering again does not cure.</summary>
    private const string nodeTaken = "workloads.node-taken";

    private readonly HttpClient http;

    /// <param name="address">The server's web door.</param>
    /// <param name="keys">An administrator's access key and secret; null where the server demands none.</param>
    public HttpNodeServer(Uri address, (string AccessKey, string SecretKey)? keys)
    {
        http = new() { BaseAddress = address, Timeout = patience };
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
        PostAsync("ask", question, AgentJson.Default.NodeQuestion, AgentJson.Default.NodeOrders, ct);

    public Task<Result<NodeReportAnswer>> ReportAsync(NodeReport report, CancellationToken ct) =>
        PostAsync("report", report, AgentJson.Default.NodeReport, AgentJson.Default.NodeReportAnswer, ct);

    public Task<Result<NodeLinesAnswer>> AppendAsync(NodeLines lines, CancellationToken ct) =>
        PostAsync("lines", lines, AgentJson.Default.NodeLines, AgentJson.Default.NodeLinesAnswer, ct);

    public void Dispose() => http.Dispose();

    private async Task<Result<TAnswer>> PostAsync<TAsked, TAnswer>(
        string what,
        TAsked asked,
        JsonTypeInfo<TAsked> askedType,
        JsonTypeInfo<TAnswer> answerType,
        CancellationToken ct
    )
    {
        try
        {
            using var content = JsonContent.Create(asked, askedType);
            using var response = await http.PostAsync(new Uri($"api/agent/{what}", UriKind.Relative), content, ct);
            if (!response.IsSuccessStatusCode)
            {
                return await ErrorOfAsync(response, ct);
            }

            var answer = await response.Content.ReadFromJsonAsync(answerType, ct);
            return answer is null ? Errors.NoAnswer($"{http.BaseAddress}", "the answer is null") : answer;
        }
        catch (Exception error) when (error is HttpRequestException or IOException or JsonException)
        {
            return Errors.NoAnswer($"{http.BaseAddress}", error.Message);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return Errors.NoAnswer($"{http.BaseAddress}", $"nothing came within {patience.TotalSeconds:0} s");
        }
    }

    private static async Task<Error> ErrorOfAsync(HttpResponseMessage response, CancellationToken ct)
    {
        var text = await response.Content.ReadAsStringAsync(ct);
        return new(
            KindOf(response.StatusCode, text),
            "agent.refused",
            $"the server answered {(int)response.StatusCode}: {text}"
        );
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
