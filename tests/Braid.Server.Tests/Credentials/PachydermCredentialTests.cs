using Braid.Access.Credentials;
using Braid.Grpc.Client;
using Braid.Grpc.Methods;
using Braid.Grpc.Statuses;
using Braid.Protos.Pfs;
using Google.Protobuf.WellKnownTypes;

namespace Braid.Server.Tests.Credentials;

/// <summary>The same over gRPC, where the credentials are the metadata <c>authn-token</c>.</summary>
public sealed class PachydermCredentialTests
{
    private static readonly GrpcMethod<CreateRepoRequest, Empty> createRepo = new(
        "pfs_v2.API",
        "CreateRepo",
        CallKind.Unary,
        CreateRepoRequest.Parser,
        Empty.Parser
    );

    private static readonly GrpcMethod<InspectRepoRequest, RepoInfo> inspectRepo = new(
        "pfs_v2.API",
        "InspectRepo",
        CallKind.Unary,
        InspectRepoRequest.Parser,
        RepoInfo.Parser
    );

    [Fact]
    public async Task Nobody_and_wrong_tokens_are_refused()
    {
        await using var server = await RunningServer.StartAsync(auth: true);
        using var channel = ChannelTo(server);
        Assert.Equal(GrpcCode.Unauthenticated, await CreateAsync(channel, "a", CallOptions.None));
        Assert.Equal(GrpcCode.Unauthenticated, await CreateAsync(channel, "a", With(new("NOBODY", "guess"))));
        Assert.Equal(GrpcCode.Ok, await CreateAsync(channel, "a", With(server.Administrator())));
    }

    [Fact]
    public async Task A_job_reads_its_inputs_and_makes_nothing()
    {
        await using var server = await RunningServer.StartAsync(auth: true);
        using var channel = ChannelTo(server);
        foreach (var repo in (string[])["input", "secret"])
        {
            Assert.Equal(GrpcCode.Ok, await CreateAsync(channel, repo, With(server.Administrator())));
        }

        var job = With((await server.IssueForJobAsync("default/input")).Keys);
        Assert.Equal(GrpcCode.Ok, await InspectAsync(channel, "input", job));
        Assert.Equal(GrpcCode.PermissionDenied, await InspectAsync(channel, "secret", job));
        Assert.Equal(GrpcCode.PermissionDenied, await CreateAsync(channel, "mine", job));
    }

    private static GrpcChannel ChannelTo(RunningServer server) =>
        new(new Uri(server.Url("pachyderm").Replace("grpc://", "http://", StringComparison.Ordinal)));

    private static CallOptions With(KeyPair keys) =>
        new() { Metadata = new Dictionary<string, string> { ["authn-token"] = $"{keys.AccessKey}:{keys.SecretKey}" } };

    private static Task<GrpcCode> CreateAsync(GrpcChannel channel, string repo, CallOptions options) =>
        CodeOfAsync(() =>
            channel.UnaryAsync(createRepo, new CreateRepoRequest { Repo = Named(repo) }, options, default)
        );

    private static Task<GrpcCode> InspectAsync(GrpcChannel channel, string repo, CallOptions options) =>
        CodeOfAsync(() =>
            channel.UnaryAsync(inspectRepo, new InspectRepoRequest { Repo = Named(repo) }, options, default)
        );

    private static Repo Named(string name) => new() { Name = name, Type = "user" };

    private static async Task<GrpcCode> CodeOfAsync(Func<Task> call)
    {
        try
        {
            await call();
            return GrpcCode.Ok;
        }
        catch (GrpcException refused)
        {
            return refused.Status.Code;
        }
    }
}
