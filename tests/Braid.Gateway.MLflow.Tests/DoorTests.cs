using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Braid.Access.Credentials;
using Braid.Gateway.MLflow.Tests.Hosting;

namespace Braid.Gateway.MLflow.Tests;

public sealed class DoorTests
{
    private static readonly KeyPair administrator = new("ADMINKEY", "admin-secret");

    [Theory]
    [InlineData("/health", "OK")]
    [InlineData("/version", "3.3.0")]
    public async Task Health_and_version_ask_for_no_credentials(string path, string text)
    {
        await using var server = await MLflowServer.StartAsync(open: false);
        Assert.Equal(text, await server.Client.GetStringAsync(new Uri(path, UriKind.Relative)));
    }

    [Fact]
    public async Task Without_credentials_a_closed_server_challenges()
    {
        await using var server = await MLflowServer.StartAsync(open: false);
        using var response = await server.Client.GetAsync(
            new Uri("/api/2.0/mlflow/experiments/get?experiment_id=0", UriKind.Relative)
        );
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("Basic", response.Headers.WwwAuthenticate.Single().Scheme);
    }

    [Fact]
    public async Task An_access_key_and_its_secret_let_in_and_a_wrong_secret_does_not()
    {
        await using var server = await MLflowServer.StartAsync(open: false);
        await server.Rooms.Authenticator.SetAdministratorAsync(administrator, CancellationToken.None);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, Basic("ADMINKEY:admin-secret")));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(server, Basic("ADMINKEY:wrong")));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(server, new("Bearer", "nonsense")));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(server, new("Basic", "!!")));
    }

    [Theory]
    [InlineData("/api/2.0/mlflow/experiments/nonsense", HttpStatusCode.NotFound, "ENDPOINT_NOT_FOUND")]
    [InlineData("/api/2.0/mlflow/traces", HttpStatusCode.NotImplemented, "NOT_IMPLEMENTED")]
    public async Task What_is_not_offered_is_refused_in_the_protocols_form(
        string path,
        HttpStatusCode status,
        string code
    )
    {
        await using var server = await MLflowServer.StartAsync();
        var refused = await server.Client.CallAsync(HttpMethod.Get, path, null);
        Assert.Equal((status, code), (refused.Status, refused.ErrorCode));
    }

    [Theory]
    [InlineData(null, "Bad Request. Content-Type header is missing.")]
    [InlineData("text/plain", "Bad Request. Content-Type must be one of ['application/json'].")]
    public async Task A_post_says_that_it_is_json(string? type, string message)
    {
        await using var server = await MLflowServer.StartAsync();
        using var content = new ByteArrayContent("{}"u8.ToArray());
        content.Headers.ContentType = type is null ? null : new(type);
        using var created = await server.Client.PostAsync(
            new Uri("/api/2.0/mlflow/runs/create", UriKind.Relative),
            content
        );
        Assert.Equal(HttpStatusCode.BadRequest, created.StatusCode);
        Assert.Contains(message, await created.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_may_be_json_inside_a_json_string()
    {
        await using var server = await MLflowServer.StartAsync();
        var made = await server.Client.TellAsync("experiments/create", "\"{\\\"name\\\": \\\"twice\\\"}\"");
        Assert.Equal(HttpStatusCode.OK, made.Status);
    }

    [Fact]
    public async Task The_uis_paths_are_the_same_calls()
    {
        await using var server = await MLflowServer.StartAsync();
        var reply = await server.Client.CallAsync(
            HttpMethod.Get,
            "/ajax-api/2.0/mlflow/experiments/get?experiment_id=0",
            null
        );
        Assert.Equal("Default", reply.Json.Text("experiment.name"));
    }

    private static AuthenticationHeaderValue Basic(string pair) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));

    private static async Task<HttpStatusCode> StatusAsync(MLflowServer server, AuthenticationHeaderValue credentials)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/2.0/mlflow/experiments/get?experiment_id=0");
        request.Headers.Authorization = credentials;
        using var response = await server.Client.SendAsync(request);
        return response.StatusCode;
    }
}
