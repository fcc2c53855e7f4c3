using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Braid.Grpc.Client;
using Braid.Grpc.Framing;
using Braid.Grpc.Hosting;
using Braid.Grpc.Hosting.Dispatch;
using Braid.Grpc.Hosting.Health;
using Braid.Grpc.Hosting.Reflection;
using Braid.Grpc.Methods;
using Braid.Grpc.Statuses;
using Google.Protobuf.WellKnownTypes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Braid.Grpc.Tests.Hosting;

/// <summary>A server with one method of each kind, and some that go wrong, on a free port.</summary>
internal sealed class EchoServer : IAsyncDisposable
{
    private const string service = "braid.test.Echo";

    public static readonly GrpcMethod<StringValue, StringValue> Unary = Method("Unary", CallKind.Unary);
    public static readonly GrpcMethod<StringValue, StringValue> Repeat = Method("Repeat", CallKind.ServerStreaming);
    public static readonly GrpcMethod<StringValue, StringValue> RepeatThenFail = Method(
        "RepeatThenFail",
        CallKind.ServerStreaming
    );
    public static readonly GrpcMethod<StringValue, StringValue> RepeatThenWait = Method(
        "RepeatThenWait",
        CallKind.ServerStreaming
    );
    public static readonly GrpcMethod<StringValue, StringValue> Collect = Method("Collect", CallKind.ClientStreaming);
    public static readonly GrpcMethod<StringValue, StringValue> Chat = Method("Chat", CallKind.DuplexStreaming);
    public static readonly GrpcMethod<BytesValue, StringValue> Digest = Bytes("Digest");
    public static readonly GrpcMethod<BytesValue, StringValue> Leave = Bytes("Leave");
    public static readonly GrpcMethod<StringValue, StringValue> Fail = Method("Fail", CallKind.Unary);
    public static readonly GrpcMethod<StringValue, StringValue> Throw = Method("Throw", CallKind.Unary);
    public static readonly GrpcMethod<StringValue, StringValue> Wait = Method("Wait", CallKind.Unary);
    public static readonly GrpcMethod<StringValue, StringValue> Metadata = Method("Metadata", CallKind.Unary);
    public static readonly GrpcMethod<StringValue, StringValue> Missing = Method("Missing", CallKind.Unary);

    private readonly WebApplication app;
    private readonly CapturedLog log = new();

    private EchoServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddProvider(log);
        builder.Services.AddSingleton<IMemoryPoolFactory<byte>>(new BlockPool());
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            GrpcLimits.Apply(kestrel.Limits);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
        });
        app = builder.Build();
        app.Run(
            new GrpcDispatcher(Table(), TimeProvider.System, Logger(), app.Lifetime.ApplicationStopping).InvokeAsync
        );
    }

    /// <summary>What went wrong unexpectedly, one line each.</summary>
    public IReadOnlyCollection<string> UnexpectedFailures => log.Errors;

    /// <summary>Completes when a call that waited was cancelled.</summary>
    public TaskCompletionSource WaitCancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public HealthState Health { get; } = new([service]);

    public Uri Address => new(app.Urls.First());

    public static async Task<EchoServer> StartAsync()
    {
        var server = new EchoServer();
        await server.app.StartAsync();
        return server;
    }

    public GrpcChannel Connect() => new(Address);

    public Task StopAsync() => app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private static GrpcMethod<StringValue, StringValue> Method(string name, CallKind kind) =>
        new(service, name, kind, StringValue.Parser, StringValue.Parser);

    private static GrpcMethod<BytesValue, StringValue> Bytes(string name) =>
        new(service, name, CallKind.ClientStreaming, BytesValue.Parser, StringValue.Parser)
        {
            RequestSplitter = BytesSplitter.Instance,
        };

    private static StringValue Text(string value) => new() { Value = value };

    private Logger<GrpcDispatcher> Logger() => new(LoggerFactory.Create(logging => logging.AddProvider(log)));

    private GrpcMethodTable Table()
    {
        var table = new GrpcMethodTable();
        MapEcho(table);
        MapFailures(table);
        new HealthService(Health).Map(table);
        new ReflectionService(table.Services, [HealthReflection.Descriptor]).Map(table);
        return table;
    }

    private void MapEcho(GrpcMethodTable table)
    {
        table.Unary(Unary, (request, _, _) => Task.FromResult<Reply<StringValue>>(request));
        table.Unary(
            Metadata,
            (request, call, _) => Task.FromResult<Reply<StringValue>>(Text(call.Metadata(request.Value) ?? "none"))
        );
        table.ServerStreaming(
            Repeat,
            async (request, output, _, ct) =>
            {
                await output.WriteAllAsync(Numbers(request), ct);
                return GrpcStatus.Ok;
            }
        );
        table.ClientStreaming(
            Collect,
            async (requests, _, ct) =>
            {
                var all = "";
                while (await requests.ReadAsync(ct) is { } one)
                {
                    all += one.Value;
                }

                return Text(all);
            }
        );
        table.ClientStreaming(
            Digest,
            async (requests, _, ct) =>
            {
                using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
                while (await requests.ReadAsync(ct) is { } one)
                {
                    hash.AppendData(one.Value.Span);
                }

                return Text(Convert.ToHexString(hash.GetHashAndReset()));
            }
        );
        table.ClientStreaming(
            Leave,
            async (requests, _, ct) =>
            {
                await requests.ReadAsync(ct);
                return new GrpcStatus(GrpcCode.OutOfRange, "that is enough");
            }
        );
        table.DuplexStreaming(
            Chat,
            async (requests, output, _, ct) =>
            {
                await output.WriteAllAsync(requests, ct);
                return GrpcStatus.Ok;
            }
        );
    }

    private void MapFailures(GrpcMethodTable table)
    {
        table.Unary(
            Fail,
            (request, _, _) =>
                Task.FromResult<Reply<StringValue>>(
                    new GrpcStatus(
                        (GrpcCode)int.Parse(request.Value, CultureInfo.InvariantCulture),
                        "no way: 100 % «non»"
                    )
                    {
                        Details = [Any.Pack(Text("a detail"))],
                    }
                )
        );
        table.Unary(Throw, (_, _, _) => throw new InvalidOperationException("the secret cause"));
        table.Unary(Wait, async (_, _, ct) => await WaitAsync(ct));
        table.ServerStreaming(
            RepeatThenFail,
            async (request, output, _, ct) =>
            {
                await output.WriteAllAsync(Numbers(request), ct);
                return new(GrpcCode.DataLoss, "that was all");
            }
        );
        table.ServerStreaming(
            RepeatThenWait,
            async (request, output, _, ct) =>
            {
                await output.WriteAllAsync(Numbers(request), ct);
                await WaitAsync(ct);
                return GrpcStatus.Ok;
            }
        );
    }

    private async Task<Reply<StringValue>> WaitAsync(CancellationToken ct)
    {
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct);
        }
        catch (OperationCanceledException)
        {
            WaitCancelled.TrySetResult();
            throw;
        }

        return Text("");
    }

    private static async IAsyncEnumerable<StringValue> Numbers(StringValue request)
    {
        var count = int.Parse(request.Value, CultureInfo.InvariantCulture);
        for (var number = 0; number < count; number++)
        {
            yield return Text($"{number}");
        }

        await Task.CompletedTask;
    }

    private sealed class CapturedLog : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> errors = new();

        public IReadOnlyCollection<string> Errors => errors;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            if (IsEnabled(logLevel))
            {
                errors.Enqueue(formatter(state, exception));
            }
        }

        public void Dispose() { }
    }
}
