using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Braid.Data.Content;

namespace Braid.Data.Remote;

/// <summary>
/// A file of a web server. Which machine may be asked is decided where the connection is made, on the address that is
/// connected to: a name that changes its address, and a redirect, get nowhere else.
/// </summary>
internal sealed class WebPlace : IRemotePlace
{
    private const int mostRedirects = 5;

    private readonly Uri address;
    private readonly RemoteRules rules;
    private readonly HttpClient http;

    public WebPlace(Uri address, RemoteRules rules)
    {
        this.address = address;
        this.rules = rules;
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = ConnectAsync,
            UseProxy = false,
            UseCookies = false,
            MaxAutomaticRedirections = mostRedirects,
            ConnectTimeout = rules.LongestSilence,
            AutomaticDecompression = DecompressionMethods.None,
        };
        http = new(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    public async IAsyncEnumerable<RemoteFile> ListAsync(bool recursive, [EnumeratorCancellation] CancellationToken ct)
    {
        await Task.CompletedTask;
        yield return recursive
            ? throw new RemoteRefusal(Errors.RemoteCannotList($"{address}"))
            : new RemoteFile("", OpenAsync);
    }

    public Task WriteAsync(string name, OpenedFile file, CancellationToken ct) =>
        throw new RemoteRefusal(Errors.RemoteCannotBeWritten($"{address}"));

    public void Dispose() => http.Dispose();

    private async Task<Stream> OpenAsync(CancellationToken ct)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(ct);
        silence.CancelAfter(rules.LongestSilence);
        HttpResponseMessage response;
        try
        {
            response = await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, silence.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new RemoteRefusal(Errors.RemoteSilent($"{address}", rules.LongestSilence));
        }

        if (!response.IsSuccessStatusCode)
        {
            response.Dispose();
            throw new RemoteRefusal(Errors.RemoteAnswered($"{address}", (int)response.StatusCode));
        }

        return await response.Content.ReadAsStreamAsync(ct);
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var target = context.DnsEndPoint;
        var all = IPAddress.TryParse(target.Host, out var literal)
            ? [literal]
            : await Dns.GetHostAddressesAsync(target.Host, ct);
        IPAddress[] allowed = rules.AllowsPrivate ? all : [.. all.Where(PublicAddress.IsOne)];
        if (allowed.Length == 0)
        {
            throw new RemoteRefusal(Errors.RemoteIsPrivate(target.Host));
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, target.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
