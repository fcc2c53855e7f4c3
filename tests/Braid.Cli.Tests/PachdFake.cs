using System.Collections.Concurrent;
using System.Net;
using Braid.Grpc.Hosting;
using Braid.Grpc.Hosting.Dispatch;
using Braid.Grpc.Methods;
using Braid.Grpc.Statuses;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Braid.Cli.Tests;

/// <summary>A Pachyderm server that answers what it was told to, and remembers what it was asked.</summary>
internal sealed class PachdFake : IAsyncDisposable
{
    private readonly GrpcMethodTable table = new();
    private readonly ConcurrentQueue<IMessage> requests = new();
    private readonly WebApplication app;

    private PachdFake()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            GrpcLimits.Apply(kestrel.Limits);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
        });
        app = builder.Build();
        // The dispatcher reads the table once: it is made when the test has said all its answers.
        var dispatcher = new Lazy<GrpcDispatcher>(() =>
            new(table, TimeProvider.System, NullLogger<GrpcDispatcher>.Instance, app.Lifetime.ApplicationStopping)
        );
        app.Run(http => dispatcher.Value.InvokeAsync(http));
    }

    /// <summary>All requests, in order.</summary>
    public IReadOnlyList<IMessage> Requests => [.. requests];

    public string? Token { get; private set; }

    /// <summary>The transaction that the last call named.</summary>
    public string? Transaction { get; private set; }

    public string Address => app.Urls.First().Replace("http://", "grpc://");

    /// <summary>A run of the program against this server.</summary>
    public CliRun Cli => new CliRun().With("PACHD_ADDRESS", Address);

    public static async Task<PachdFake> StartAsync()
    {
        var fake = new PachdFake();
        await fake.app.StartAsync();
        return fake;
    }

    public T Asked<T>() => requests.OfType<T>().Last();

    /// <summary>Answers a call of any kind with these messages.</summary>
    public PachdFake Answers<TRequest, TResponse>(GrpcMethod<TRequest, TResponse> method, params TResponse[] answers)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse>
    {
        switch (method.Kind)
        {
            case CallKind.Unary:
                table.Unary(
                    method,
                    (request, call, _) => Task.FromResult<Reply<TResponse>>(Note(request, call, answers[0]))
                );
                break;
            case CallKind.ServerStreaming:
                table.ServerStreaming(
                    method,
                    async (request, writer, call, ct) =>
                    {
                        Note(request, call, answers);
                        await writer.WriteAllAsync(answers.ToAsyncEnumerable(), ct);
                        return GrpcStatus.Ok;
                    }
                );
                break;
            default:
                table.ClientStreaming(
                    method,
                    async (reader, call, ct) =>
                    {
                        await foreach (var request in reader)
                        {
                            Note(request, call, answers);
                        }

                        return answers[0];
                    }
                );
                break;
        }

        return this;
    }

    /// <summary>Refuses a call.</summary>
    public PachdFake Refuses<TRequest, TResponse>(GrpcMethod<TRequest, TResponse> method, GrpcCode code, string message)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse>
    {
        table.Unary(method, (_, _, _) => Task.FromResult<Reply<TResponse>>(new GrpcStatus(code, message)));
        return this;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private T Note<T>(IMessage request, Grpc.Hosting.Calls.ServerCall call, T answer)
    {
        requests.Enqueue(request);
        Token = call.Metadata("authn-token");
        Transaction = call.Metadata("pach-transaction");
        return answer;
    }
}
