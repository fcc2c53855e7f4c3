using System.Net;
using System.Text;

namespace Braid.Client.Backends.Http;

/// <summary>A server's answer.</summary>
internal readonly record struct HttpAnswer(HttpStatusCode Status, byte[] Body)
{
    public bool IsSuccess => (int)Status is >= 200 and < 300;

    /// <summary>The beginning of the body, for messages.</summary>
    public string Start => Encoding.UTF8.GetString(Body.AsSpan(0, Math.Min(Body.Length, 500)));
}

/// <summary>
/// Sends requests until they are answered: one that cannot connect, is cut off, is told to wait or meets an error of the server
/// is sent again, with growing pauses. Requests must be repeatable, or told whether they were done.
/// </summary>
internal sealed class RetryingHttp : IDisposable
{
    private static readonly TimeSpan firstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan longestPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan connectLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan requestLimit = TimeSpan.FromMinutes(30); // a large model on a slow line

    private readonly HttpClient http;
    private readonly string address;
    private readonly SinkContext? context;

    /// <param name="server">Its address.</param>
    /// <param name="context">Of the run that goes on meanwhile; without one a request is sent once, and its caller is told.</param>
    public RetryingHttp(Uri server, SinkContext? context)
    {
        address = ServerAddress.Of(server).TrimEnd('/') + "/";
        this.context = context;
        http = new(new SocketsHttpHandler { ConnectTimeout = connectLimit, UseCookies = false })
        {
            BaseAddress = new(address),
            Timeout = context is null ? Timeout.InfiniteTimeSpan : requestLimit,
        };
        http.DefaultRequestHeaders.UserAgent.ParseAdd("braid-client/0.1");
    }

    /// <param name="make">Makes the request anew for each attempt; its path is below the server's address.</param>
    /// <param name="ct">Ends the attempts.</param>
    public async Task<HttpAnswer> SendAsync(Func<HttpRequestMessage> make, CancellationToken ct) =>
        await SendOnceAsync(make, _ => Task.FromResult(false), ct)
        ?? throw new InvalidOperationException("never asked");

    /// <summary>Sends what would be done once more by each repetition.</summary>
    /// <param name="make">Makes the request anew for each attempt; its path is below the server's address.</param>
    /// <param name="wasDone">Asked before each repetition: whether an attempt did it, and only its answer was lost.</param>
    /// <param name="ct">Ends the attempts.</param>
    /// <returns>The answer; null when it is lost and the thing done.</returns>
    public async Task<HttpAnswer?> SendOnceAsync(
        Func<HttpRequestMessage> make,
        Func<CancellationToken, Task<bool>> wasDone,
        CancellationToken ct
    )
    {
        for (var pause = firstPause; ; pause = pause * 2 < longestPause ? pause * 2 : longestPause)
        {
            try
            {
                var answer = await TrySendAsync(make, ct);
                if (context is null || !IsPassing(answer.Status))
                {
                    return answer;
                }
            }
            catch (BackendUnavailableException) when (context is not null)
            {
                // As busy as it is: told below.
            }

            context.Report($"{address} does not answer; trying again until it does");
            await Task.Delay(pause, context.Clock, ct);
            if (await wasDone(ct))
            {
                return null;
            }
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<HttpAnswer> TrySendAsync(Func<HttpRequestMessage> make, CancellationToken ct)
    {
        try
        {
            using var request = make();
            using var response = await http.SendAsync(request, ct);
            return new(response.StatusCode, await response.Content.ReadAsByteArrayAsync(ct));
        }
        catch (HttpRequestException unreachable)
        {
            throw new BackendUnavailableException($"cannot reach {address}: {unreachable.Message}");
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new BackendUnavailableException($"{address} takes too long");
        }
    }

    private static bool IsPassing(HttpStatusCode status) =>
        status
            is HttpStatusCode.TooManyRequests
                or (>= HttpStatusCode.InternalServerError and not HttpStatusCode.NotImplemented);
}
