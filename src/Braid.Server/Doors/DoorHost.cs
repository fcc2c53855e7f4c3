using System.Net;
using Braid.Grpc.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Braid.Server.Doors;

/// <summary>
/// One protocol on one port, with a Kestrel of its own: each protocol has its own limits and its own idea of an error,
/// and none can leak into another.
/// </summary>
internal sealed class DoorHost : IAsyncDisposable
{
    private static readonly TimeSpan drain = TimeSpan.FromSeconds(5);

    // By default a host reads settings from the folder that it is started in, and watches that whole folder for changes:
    // every file that anybody writes below it would then cost the server time.
    private static readonly WebApplicationOptions hostOptions = new()
    {
        Args = ["--hostBuilder:reloadConfigOnChange=false"],
        ContentRootPath = AppContext.BaseDirectory,
    };

    private readonly WebApplication app;

    private DoorHost(string name, string scheme, WebApplication app)
    {
        Name = name;
        this.app = app;
        var address = new Uri(app.Urls.First());
        Port = address.Port;
        Scheme = scheme;
    }

    /// <summary>The protocol's name, as in <c>endpoints.json</c>.</summary>
    public string Name { get; }

    public int Port { get; }

    private string Scheme { get; }

    /// <summary>Where clients on this machine find it.</summary>
    public string Url(IPAddress bind)
    {
        var host =
            bind.Equals(IPAddress.Any) ? "127.0.0.1"
            : bind.Equals(IPAddress.IPv6Any) ? "[::1]"
            : bind.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? $"[{bind}]"
            : bind.ToString();
        return $"{Scheme}://{host}:{Port}";
    }

    public static async Task<DoorHost> StartAsync(DoorPlan plan, ILoggerProvider logs, CancellationToken ct)
    {
        var builder = WebApplication.CreateSlimBuilder(hostOptions);
        builder.Logging.ClearProviders().AddProvider(logs).SetMinimumLevel(LogLevel.Warning);
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(host => host.ShutdownTimeout = drain);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestLineSize = 64 * 1024;
            kestrel.Limits.MaxRequestHeadersTotalSize = 128 * 1024;
            kestrel.Limits.MaxRequestBodySize = plan.LargestBody;
            GrpcLimits.Apply(kestrel.Limits);
            kestrel.Listen(plan.Bind, plan.Port, listen => listen.Protocols = plan.Protocols);
        });
        if (plan.Protocols == HttpProtocols.Http2)
        {
            builder.Services.AddSingleton<IMemoryPoolFactory<byte>>(new BlockPool());
        }

        var app = builder.Build();
        if (plan.LoopbackNamesOnly)
        {
            app.Use(HostGuard.RefuseForeignNamesAsync);
        }

        plan.Map(app);
        await app.StartAsync(ct);
        return new(plan.Name, plan.Scheme, app);
    }

    /// <summary>Takes no more calls, gives those under way some seconds, and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }
}

/// <summary>What a door needs of its port.</summary>
internal sealed record DoorPlan(string Name, IPAddress Bind, int Port, Action<WebApplication> Map)
{
    public string Scheme { get; init; } = "http";

    public HttpProtocols Protocols { get; init; } = HttpProtocols.Http1;

    /// <summary>Bytes of the largest request body; null when the door streams bodies of any size.</summary>
    public long? LargestBody { get; init; }

    /// <summary>Answer only to loopback names: a page in a browser must not reach an open server by DNS rebinding.</summary>
    public bool LoopbackNamesOnly { get; init; }
}
