using Braid.Grpc.Hosting.Calls;
using Braid.Grpc.Hosting.Dispatch;
using Braid.Grpc.Methods;
using Braid.Grpc.Statuses;
using static Braid.Grpc.Hosting.Health.HealthCheckResponse.Types;

namespace Braid.Grpc.Hosting.Health;

/// <summary>The standard health service over a <see cref="HealthState"/>.</summary>
public sealed class HealthService(HealthState state)
{
    private const string name = "grpc.health.v1.Health";

    public static GrpcMethod<HealthCheckRequest, HealthCheckResponse> Check { get; } =
        new(name, "Check", CallKind.Unary, HealthCheckRequest.Parser, HealthCheckResponse.Parser);

    public static GrpcMethod<HealthCheckRequest, HealthCheckResponse> Watch { get; } =
        new(name, "Watch", CallKind.ServerStreaming, HealthCheckRequest.Parser, HealthCheckResponse.Parser);

    public void Map(GrpcMethodTable table)
    {
        table.Unary(Check, (request, _, _) => Task.FromResult(Answer(request)));
        table.ServerStreaming(Watch, (request, output, _, ct) => FollowAsync(request, output, ct));
    }

    private Reply<HealthCheckResponse> Answer(HealthCheckRequest request) =>
        state.Look(request.Service).IsServing is { } serving
            ? Response(serving)
            : new GrpcStatus(GrpcCode.NotFound, $"this server has no service {request.Service}");

    private async Task<GrpcStatus> FollowAsync(
        HealthCheckRequest request,
        ResponseWriter<HealthCheckResponse> output,
        CancellationToken ct
    )
    {
        ServingStatus? told = null;
        while (true)
        {
            var (serving, changed) = state.Look(request.Service);
            var response = Response(serving);
            if (response.Status != told)
            {
                told = response.Status;
                await output.WriteAsync(response, ct);
            }

            await changed.WaitAsync(ct);
        }
    }

    private static HealthCheckResponse Response(bool? isServing) =>
        new()
        {
            Status = isServing switch
            {
                true => ServingStatus.Serving,
                false => ServingStatus.NotServing,
                null => ServingStatus.ServiceUnknown,
            },
        };
}
