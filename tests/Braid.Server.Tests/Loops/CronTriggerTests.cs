using Braid.Grpc.Client;
using Braid.Grpc.Methods;
using Braid.Protos.Pfs;
using Braid.Testing;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Braid.Server.Tests.Loops;

public sealed class CronTriggerTests
{
    [Fact]
    public async Task A_trigger_by_the_clock_moves_its_branch_by_itself()
    {
        await using var server = await RunningServer.StartAsync(auth: false);
        using var channel = new GrpcChannel(
            new Uri(server.Url("pachyderm").Replace("grpc://", "http://", StringComparison.Ordinal))
        );
        await SendAsync<CreateRepoRequest, Empty>(channel, "CreateRepo", new() { Repo = At("dev").Repo });
        var commit = await SendAsync<StartCommitRequest, Commit>(channel, "StartCommit", new() { Branch = At("dev") });
        await SendAsync<FinishCommitRequest, Empty>(channel, "FinishCommit", new() { Commit = commit });

        await SendAsync<CreateBranchRequest, Empty>(
            channel,
            "CreateBranch",
            new()
            {
                Branch = At("master"),
                Trigger = new() { Branch = "dev", CronSpec = "@every 1s" },
            }
        );

        await Eventually.IsTrueAsync(
            async () =>
            {
                var request = new InspectBranchRequest { Branch = At("master") };
                var master = await SendAsync<InspectBranchRequest, BranchInfo>(channel, "InspectBranch", request);
                return master.Head.Id == commit.Id;
            },
            "the branch follows the one that its trigger watches"
        );
    }

    private static Branch At(string name) =>
        new()
        {
            Repo = new() { Name = "r", Type = "user" },
            Name = name,
        };

    private static Task<TResponse> SendAsync<TRequest, TResponse>(GrpcChannel channel, string name, TRequest request)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new() =>
        channel.UnaryAsync(
            new GrpcMethod<TRequest, TResponse>(
                "pfs_v2.API",
                name,
                CallKind.Unary,
                new(() => new TRequest()),
                new(() => new TResponse())
            ),
            request,
            CallOptions.None,
            default
        );
}
