using Braid.Grpc.Hosting.Calls;
using Braid.Grpc.Hosting.Dispatch;
using Braid.Grpc.Methods;
using Braid.Grpc.Statuses;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using static Braid.Grpc.Hosting.Reflection.ServerReflectionRequest;

namespace Braid.Grpc.Hosting.Reflection;

/// <summary>
/// The standard reflection service, under its present name and its first one. The two have the same messages, byte for
/// byte, so that one implementation answers both.
/// </summary>
public sealed class ReflectionService(IReadOnlyCollection<string> services, IEnumerable<FileDescriptor> files)
{
    private readonly DescriptorIndex index = new(files);

    public static GrpcMethod<ServerReflectionRequest, ServerReflectionResponse> V1 { get; } =
        Method("grpc.reflection.v1.ServerReflection");

    public static GrpcMethod<ServerReflectionRequest, ServerReflectionResponse> V1Alpha { get; } =
        Method("grpc.reflection.v1alpha.ServerReflection");

    public void Map(GrpcMethodTable table)
    {
        table.DuplexStreaming(V1, (requests, output, _, ct) => AnswerAllAsync(requests, output, ct));
        table.DuplexStreaming(V1Alpha, (requests, output, _, ct) => AnswerAllAsync(requests, output, ct));
    }

    private static GrpcMethod<ServerReflectionRequest, ServerReflectionResponse> Method(string service) =>
        new(
            service,
            "ServerReflectionInfo",
            CallKind.DuplexStreaming,
            ServerReflectionRequest.Parser,
            ServerReflectionResponse.Parser
        );

    private async Task<GrpcStatus> AnswerAllAsync(
        RequestReader<ServerReflectionRequest> requests,
        ResponseWriter<ServerReflectionResponse> output,
        CancellationToken ct
    )
    {
        while (await requests.ReadAsync(ct) is { } request)
        {
            var response = Answer(request);
            response.ValidHost = request.Host;
            response.OriginalRequest = request;
            await output.WriteAsync(response, ct);
        }

        return GrpcStatus.Ok;
    }

    private ServerReflectionResponse Answer(ServerReflectionRequest request) =>
        request.MessageRequestCase switch
        {
            MessageRequestOneofCase.ListServices => ListServices(),
            MessageRequestOneofCase.FileByFilename => Files(index.File(request.FileByFilename), request.FileByFilename),
            MessageRequestOneofCase.FileContainingSymbol => Files(
                index.Symbol(request.FileContainingSymbol),
                request.FileContainingSymbol
            ),
            MessageRequestOneofCase.AllExtensionNumbersOfType => new()
            {
                // proto3 files have no extensions.
                AllExtensionNumbersResponse = new() { BaseTypeName = request.AllExtensionNumbersOfType },
            },
            _ => NotFound("that extension"),
        };

    private ServerReflectionResponse ListServices()
    {
        var list = new ListServiceResponse();
        list.Service.AddRange(services.Select(name => new ServiceResponse { Name = name }));
        return new() { ListServicesResponse = list };
    }

    private static ServerReflectionResponse Files(IReadOnlyList<ByteString>? found, string what)
    {
        if (found is null)
        {
            return NotFound(what);
        }

        var response = new FileDescriptorResponse();
        response.FileDescriptorProto.AddRange(found);
        return new() { FileDescriptorResponse = response };
    }

    private static ServerReflectionResponse NotFound(string what) =>
        new()
        {
            ErrorResponse = new()
            {
                ErrorCode = (int)GrpcCode.NotFound,
                ErrorMessage = $"this server does not know {what}",
            },
        };
}
