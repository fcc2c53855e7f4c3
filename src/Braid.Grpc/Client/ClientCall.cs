using System.IO.Pipelines;
using Braid.Grpc.Framing;
using Braid.Grpc.Statuses;
using Google.Protobuf;

namespace Braid.Grpc.Client;

/// <summary>One call in progress: sends the request, reads the messages, and turns every way to end into a status.</summary>
internal sealed class ClientCall<TResponse> : IDisposable
    where TResponse : class, IMessage<TResponse>
{
    private static readonly StreamPipeReaderOptions reading = new(
        bufferSize: 128 * 1024,
        minimumReadSize: 32 * 1024,
        useZeroByteReads: false
    );

    private readonly Uri address;
    private readonly MessageParser<TResponse> parser;
    private readonly IMessageSplitter<TResponse>? splitter;
    private readonly CancellationToken caller;
    private readonly CancellationTokenSource deadline;
    private readonly CancellationTokenSource stop;
    private HttpResponseMessage? response;
    private FrameReader<TResponse>? frames;

    public ClientCall(
        Uri address,
        MessageParser<TResponse> parser,
        IMessageSplitter<TResponse>? splitter,
        TimeSpan? timeout,
        TimeProvider clock,
        CancellationToken caller
    )
    {
        this.address = address;
        this.parser = parser;
        this.splitter = splitter;
        this.caller = caller;
        deadline = timeout is { } left ? new(left, clock) : new();
        stop = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, caller);
    }

    /// <summary>Sends the request and returns when the answer's headers are there.</summary>
    public Task SendAsync(HttpMessageInvoker http, HttpRequestMessage request) =>
        Translated(async () =>
        {
            response = await http.SendAsync(request, stop.Token);
            ResponseStatus.ThrowUnlessCall(response);
            var body = PipeReader.Create(await response.Content.ReadAsStreamAsync(stop.Token), reading);
            frames = new(body, parser, ResponseStatus.IsGzip(response), splitter);
            return true;
        });

    /// <summary>The next message, or null after the last of a call that succeeded.</summary>
    public Task<TResponse?> ReadAsync() =>
        Translated(async () =>
        {
            var message = await frames!.ReadAsync(stop.Token);
            if (message is null)
            {
                ResponseStatus.ThrowUnlessOk(response!);
            }

            return message;
        });

    /// <summary>The message of a call that answers exactly one.</summary>
    public async Task<TResponse> ReadOnlyMessageAsync()
    {
        var message = await ReadAsync() ?? throw new GrpcException(GrpcCode.Internal, "the server sent no message");
        return await ReadAsync() is null
            ? message
            : throw new GrpcException(GrpcCode.Internal, "the server sent more than one message");
    }

    public void Dispose()
    {
        // An answer that is not read to its end is cancelled on the wire.
        response?.Dispose();
        stop.Dispose();
        deadline.Dispose();
    }

    private async Task<T> Translated<T>(Func<Task<T>> step)
    {
        try
        {
            return await step();
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !caller.IsCancellationRequested)
        {
            throw new GrpcException(GrpcCode.DeadlineExceeded, "the call took longer than its deadline");
        }
        catch (Exception error) when (error is HttpRequestException or IOException && !caller.IsCancellationRequested)
        {
            throw new GrpcException(TransportFailure.Status(address, error), error);
        }
    }
}
