using Braid.Grpc.Client;
using Braid.Grpc.Hosting.Health;
using Braid.Grpc.Hosting.Reflection;
using Braid.Grpc.Methods;
using Braid.Grpc.Statuses;
using Google.Protobuf.Reflection;
using static Braid.Grpc.Hosting.Health.HealthCheckResponse.Types;

namespace Braid.Grpc.Tests.Hosting;

public sealed class StandardServiceTests : IAsyncLifetime
{
    private static readonly CancellationToken none = CancellationToken.None;

    private EchoServer server = null!;
    private GrpcChannel channel = null!;

    public async Task InitializeAsync()
    {
        server = await EchoServer.StartAsync();
        channel = server.Connect();
    }

    public async Task DisposeAsync()
    {
        channel.Dispose();
        await server.DisposeAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData("braid.test.Echo")]
    public async Task Health_of_the_server_and_of_each_service_is_told(string service)
    {
        Assert.Equal(ServingStatus.Serving, await CheckAsync(service));

        server.Health.Set(service, isServing: false);

        Assert.Equal(ServingStatus.NotServing, await CheckAsync(service));
    }

    [Fact]
    public async Task Health_of_an_unknown_service_is_not_found()
    {
        var failure = await Assert.ThrowsAsync<GrpcException>(() => CheckAsync("nobody"));

        Assert.Equal(GrpcCode.NotFound, failure.Status.Code);
    }

    [Fact]
    public async Task Watched_health_is_told_again_when_it_changes()
    {
        await using var watch = channel
            .ServerStreamAsync(HealthService.Watch, new() { Service = "new" }, CallOptions.None, none)
            .GetAsyncEnumerator();

        Assert.True(await watch.MoveNextAsync());
        Assert.Equal(ServingStatus.ServiceUnknown, watch.Current.Status);

        server.Health.Set("new", isServing: true);
        Assert.True(await watch.MoveNextAsync());
        Assert.Equal(ServingStatus.Serving, watch.Current.Status);
    }

    public static TheoryData<bool> BothNames => [true, false];

    [Theory]
    [MemberData(nameof(BothNames))]
    public async Task Reflection_lists_the_services(bool isAlpha)
    {
        var answer = await AskAsync(isAlpha, new() { ListServices = "*" });

        Assert.Contains("braid.test.Echo", answer.ListServicesResponse.Service.Select(s => s.Name));
    }

    [Theory]
    [InlineData("grpc.health.v1.Health")]
    [InlineData("grpc.health.v1.Health.Check")]
    [InlineData("grpc.health.v1.HealthCheckRequest")]
    [InlineData("grpc.health.v1.HealthCheckResponse.ServingStatus")]
    public async Task Reflection_gives_the_file_of_a_symbol(string symbol)
    {
        var answer = await AskAsync(false, new() { FileContainingSymbol = symbol });

        var file = FileDescriptorProto.Parser.ParseFrom(
            Assert.Single(answer.FileDescriptorResponse.FileDescriptorProto)
        );
        Assert.Equal("grpc.health.v1", file.Package);
    }

    [Fact]
    public async Task Reflection_says_what_it_does_not_know()
    {
        var answer = await AskAsync(false, new() { FileByFilename = "no/such.proto" });

        Assert.Equal((int)GrpcCode.NotFound, answer.ErrorResponse.ErrorCode);
        Assert.Equal("no/such.proto", answer.OriginalRequest.FileByFilename);
    }

    private async Task<ServingStatus> CheckAsync(string service) =>
        (await channel.UnaryAsync(HealthService.Check, new() { Service = service }, CallOptions.None, none)).Status;

    private async Task<ServerReflectionResponse> AskAsync(bool isAlpha, ServerReflectionRequest request)
    {
        var method = isAlpha ? ReflectionService.V1Alpha : ReflectionService.V1;
        await foreach (var answer in channel.DuplexAsync(method, Only(request), CallOptions.None, none))
        {
            return answer;
        }

        throw new InvalidOperationException("reflection did not answer");
    }

    private static async IAsyncEnumerable<T> Only<T>(T one)
    {
        await Task.CompletedTask;
        yield return one;
    }
}
