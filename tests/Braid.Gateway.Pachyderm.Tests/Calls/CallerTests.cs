using Braid.Access.Callers;
using Braid.Access.Credentials;
using Braid.Access.Users;
using Braid.Gateway.Pachyderm.Tests.Doors;
using Braid.Grpc.Statuses;
using Braid.Protos.Auth;
using static Braid.Gateway.Pachyderm.Tests.Doors.PachydermClient;

namespace Braid.Gateway.Pachyderm.Tests.Calls;

public sealed class CallerTests
{
    private static readonly KeyPair keys = new("ADMINISTRATOR", "a-secret");

    [Fact]
    public async Task Closed_server_demands_a_token()
    {
        await using var server = await PachydermServer.StartAsync(open: false);
        using var client = server.Connect();

        var refusal = await RefusalAsync(() => client.CreateRepoAsync("images"));

        Assert.Equal(GrpcCode.Unauthenticated, refusal.Code);
        Assert.StartsWith("no authentication token (try logging in)", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Closed_server_refuses_a_wrong_token()
    {
        await using var server = await PachydermServer.StartAsync(open: false);
        using var client = server.Connect("ADMINISTRATOR:wrong");

        var refusal = await RefusalAsync(() => client.CreateRepoAsync("images"));

        Assert.Equal(GrpcCode.Unauthenticated, refusal.Code);
        Assert.StartsWith("provided auth token is corrupted or has expired", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Key_pair_and_issued_token_are_let_in(bool isIssued)
    {
        await using var server = await PachydermServer.StartAsync(open: false);
        await server.Authenticator.SetAdministratorAsync(keys, CancellationToken.None);
        var token = isIssued
            ? server.Authenticator.IssueToken(keys.AccessKey, TimeSpan.FromHours(1), new Dictionary<string, object>())
            : $"{keys.AccessKey}:{keys.SecretKey}";
        using var client = server.Connect(token);

        await client.CreateRepoAsync("images");
        var me = await client.SendAsync<WhoAmIRequest, WhoAmIResponse>("auth_v2.API", "WhoAmI", new());

        Assert.StartsWith("user:", me.Username, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_not_delete_everything_deletes_nothing()
    {
        await using var server = await PachydermServer.StartAsync(open: false);
        await server.Authenticator.SetAdministratorAsync(keys, CancellationToken.None);
        using var owner = server.Connect($"{keys.AccessKey}:{keys.SecretKey}");
        await owner.CreateRepoAsync("in");
        await owner.CreatePipelineAsync(PipelineWords.Copy("copy", "in", "/*"));
        await new Users(server.Database, TimeProvider.System).CreateAsync(
            new Caller.Administrator("boss"),
            new() { Id = "ann", Name = "Ann" },
            default
        );
        var pair = await new UserKeys(server.Database, server.Authenticator).CreateAsync(
            new Caller.Member("ann"),
            "laptop",
            default
        );
        using var member = server.Connect($"{pair.Value.AccessKey}:{pair.Value.SecretKey}");

        var refusal = await RefusalAsync(() => member.DoAsync("DeleteAll", new Empty()));

        Assert.Equal(GrpcCode.PermissionDenied, refusal.Code);
        Assert.Single(
            await owner.ListAsync<Pfs.ListRepoRequest, Pfs.RepoInfo>("ListRepo", new()),
            repo => repo.Repo is { Name: "copy", Type: "user" }
        );
    }

    [Fact]
    public async Task Open_server_ignores_the_token_of_another_server()
    {
        await using var server = await PachydermServer.StartAsync();
        using var client = server.Connect("left-over-from-somewhere");

        await client.CreateRepoAsync("images");
    }
}
