using System.Net;
using System.Text;
using Braid.Access.Credentials;

namespace Braid.Server.Tests.Credentials;

/// <summary>With authentication on, each HTTP door demands its protocol's own credentials, and a job's reach its run only.</summary>
public sealed class DoorCredentialTests
{
    private static readonly KeyPair wrong = new("NOBODY", "guess");

    public static TheoryData<string, string> Doors =>
        new()
        {
            { "clearml", "/tasks.get_all" },
            { "mlflow", "/api/2.0/mlflow/experiments/search?max_results=10" },
            { "files", "/some/file" },
            { "web", "/api/runs" },
            { "s3", "/" },
        };

    [Theory, MemberData(nameof(Doors))]
    public async Task Nobody_and_wrong_keys_are_refused_and_told_why(string door, string path)
    {
        await using var server = await RunningServer.StartAsync(auth: true);
        foreach (var keys in door == "s3" ? [null] : (KeyPair?[])[null, wrong])
        {
            using var answer = await GetAsync(server, door, path, keys);
            Assert.Contains(
                answer.StatusCode,
                (HttpStatusCode[])[HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden]
            );
            Assert.NotEmpty(await answer.Content.ReadAsStringAsync());
        }
    }

    [Theory]
    [InlineData("clearml", "/tasks.get_all")]
    [InlineData("mlflow", "/api/2.0/mlflow/experiments/search?max_results=10")]
    public async Task The_administrators_keys_open(string door, string path)
    {
        await using var server = await RunningServer.StartAsync(auth: true);
        using var answer = await GetAsync(server, door, path, server.Administrator());
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("clearml", "/tasks.get_all")]
    [InlineData("mlflow", "/api/2.0/mlflow/experiments/search?max_results=10")]
    [InlineData("web", "/api/runs")]
    public async Task An_open_server_takes_the_stock_clients_default(string door, string path)
    {
        await using var server = await RunningServer.StartAsync(auth: false);
        var keys = door == "clearml" ? server.Administrator() : null;
        using var answer = await GetAsync(server, door, path, keys);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("clearml", "/tasks.get_by_id?task=")]
    [InlineData("mlflow", "/api/2.0/mlflow/runs/get?run_id=")]
    public async Task A_jobs_keys_reach_its_own_run_until_the_attempt_ends(string door, string path)
    {
        await using var server = await RunningServer.StartAsync(auth: true);
        var job = await server.IssueForJobAsync();
        var other = await server.IssueForJobAsync();

        using (var own = await GetAsync(server, door, path + job.Run, job.Keys))
        {
            Assert.Equal(HttpStatusCode.OK, own.StatusCode);
        }

        using (var foreign = await GetAsync(server, door, path + other.Run, job.Keys))
        {
            Assert.NotEqual(HttpStatusCode.OK, foreign.StatusCode);
        }

        await server.RevokeAsync(job);
        using var late = await GetAsync(server, door, path + job.Run, job.Keys);
        Assert.Equal(HttpStatusCode.Unauthorized, late.StatusCode);
    }

    private static Task<HttpResponseMessage> GetAsync(RunningServer server, string door, string path, KeyPair? keys)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, server.Url(door) + path);
        if (keys is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", HeaderFor(door, keys));
        }

        return server.Http.SendAsync(request);
    }

    /// <summary>S3's keys sign the request; its own tests sign it wrongly in every way.</summary>
    private static string HeaderFor(string door, KeyPair keys) =>
        door == "web"
            ? $"Bearer {keys.SecretKey}"
            : "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{keys.AccessKey}:{keys.SecretKey}"));
}
