using Braid.Gateway.Pachyderm.Tests.Doors;
using Braid.Grpc.Statuses;
using Google.Protobuf;
using static Braid.Gateway.Pachyderm.Tests.Doors.PachydermClient;

namespace Braid.Gateway.Pachyderm.Tests.Secrets;

public sealed class SecretTests : DoorTests
{
    private const string pps = "pps_v2.API";
    private const string file = """
        {"kind": "Secret", "apiVersion": "v1", "metadata": {"name": "login", "creationTimestamp": null},
         "data": {"password": "czNjcmV0"}}
        """;

    [Fact]
    public async Task Secret_is_made_listed_inspected_and_deleted()
    {
        await CreateAsync(file);

        var listed = Assert.Single((await ListAsync()).SecretInfo);
        var info = await InspectAsync("login");
        await Client.SendAsync<Pps.DeleteSecretRequest, Empty>(
            pps,
            "DeleteSecret",
            new() { Secret = new() { Name = "login" } }
        );

        Assert.Equal(listed, info);
        Assert.Equal(("login", "Opaque"), (info.Secret.Name, info.Type));
        Assert.NotNull(info.CreationTimestamp);
        Assert.Empty((await ListAsync()).SecretInfo);
    }

    [Fact]
    public async Task Secret_that_is_missing_or_there_already_is_refused_in_kubernetes_words()
    {
        await CreateAsync(file);

        var twice = await RefusalAsync(() => CreateAsync(file));
        var missing = await RefusalAsync(() => InspectAsync("other"));

        Assert.Equal(GrpcCode.AlreadyExists, twice.Code);
        Assert.StartsWith("secrets \"login\" already exists", twice.Message, StringComparison.Ordinal);
        Assert.Equal((GrpcCode.NotFound, "secrets \"other\" not found"), (missing.Code, missing.Message));
    }

    private Task<Empty> CreateAsync(string json) =>
        Client.SendAsync<Pps.CreateSecretRequest, Empty>(
            pps,
            "CreateSecret",
            new() { File = ByteString.CopyFromUtf8(json) }
        );

    private Task<Pps.ListSecretResponse> ListAsync() =>
        Client.SendAsync<Empty, Pps.ListSecretResponse>(pps, "ListSecret", new());

    private Task<Pps.SecretInfo> InspectAsync(string name) =>
        Client.SendAsync<Pps.InspectSecretRequest, Pps.SecretInfo>(
            pps,
            "InspectSecret",
            new() { Secret = new() { Name = name } }
        );
}
