using System.Net;
using Braid.Gateway.MLflow.Tests.Hosting;

namespace Braid.Gateway.MLflow.Tests;

public sealed class RegistryTests
{
    [Theory]
    [InlineData("registered-models/create", """{"name": "a/b"}""")]
    [InlineData("registered-models/alias", """{"name": "m", "alias": "Latest", "version": "1"}""")]
    [InlineData("registered-models/alias", """{"name": "m", "alias": "v12", "version": "1"}""")]
    [InlineData("registered-models/alias", """{"name": "m", "alias": "a b", "version": "1"}""")]
    [InlineData("model-versions/create", """{"name": "m", "source": "/etc/passwd"}""")]
    [InlineData("model-versions/create", """{"name": "m", "source": "file:///etc/passwd"}""")]
    [InlineData("model-versions/create", """{"name": "m", "source": "s3://bucket/../other"}""")]
    [InlineData("model-versions/create", """{"name": "m", "source": "s3://bucket/%2E%2e/other"}""")]
    [InlineData("model-versions/transition-stage", """{"name": "m", "version": "1", "stage": "foo"}""")]
    [InlineData("model-versions/transition-stage", """{"name": "m", "version": "x", "stage": "Staging"}""")]
    [InlineData(
        "model-versions/transition-stage",
        """{"name": "m", "version": "1", "stage": "archived", "archive_existing_versions": true}"""
    )]
    public async Task A_wrong_request_is_refused_as_the_callers_fault(string call, string body)
    {
        await using var server = await OneVersionAsync();
        var refused = await server.Client.TellAsync(call, body);
        Assert.Equal((HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE"), (refused.Status, refused.ErrorCode));
    }

    [Fact]
    public async Task A_missing_alias_is_a_wrong_parameter_and_latest_is_the_newest()
    {
        await using var server = await OneVersionAsync();
        var missing = await server.Client.AskAsync("registered-models/alias?name=m&alias=zz");
        Assert.Equal("Registered model alias zz not found.", missing.Message);
        Assert.Equal("INVALID_PARAMETER_VALUE", missing.ErrorCode);
        var latest = await server.Client.AskAsync("registered-models/alias?name=m&alias=latest");
        Assert.Equal("1", latest.Json.Text("model_version.version"));
    }

    [Fact]
    public async Task A_version_number_is_not_used_twice_and_a_new_stage_archives_the_old_version()
    {
        await using var server = await OneVersionAsync();
        Assert.Equal("2", await VersionAsync(server));
        await server.Client.CallAsync(
            HttpMethod.Delete,
            "/api/2.0/mlflow/model-versions/delete",
            """{"name": "m", "version": "2"}"""
        );
        Assert.Equal("3", await VersionAsync(server));
        await server.Client.TellAsync(
            "model-versions/transition-stage",
            """{"name": "m", "version": "1", "stage": "production"}"""
        );
        await server.Client.TellAsync(
            "model-versions/transition-stage",
            """{"name": "m", "version": "3", "stage": "Production", "archive_existing_versions": true}"""
        );
        var first = await server.Client.AskAsync("model-versions/get?name=m&version=1");
        Assert.Equal("Archived", first.Json.Text("model_version.current_stage"));
        var latest = await server.Client.TellAsync(
            "registered-models/get-latest-versions",
            """{"name": "m", "stages": ["production"]}"""
        );
        Assert.Equal("3", latest.Json.Text("model_versions.0.version"));
    }

    [Fact]
    public async Task Prompts_show_only_to_those_who_ask()
    {
        await using var server = await OneVersionAsync();
        await server.Client.TellAsync(
            "registered-models/create",
            """{"name": "greeting", "tags": [{"key": "mlflow.prompt.is_prompt", "value": "true"}]}"""
        );
        Assert.Equal(["m"], await NamesAsync(server, ""));
        Assert.Equal(["m"], await NamesAsync(server, "tag.`mlflow.prompt.is_prompt` != 'true'"));
        Assert.Equal(["greeting"], await NamesAsync(server, "tag.`mlflow.prompt.is_prompt` = 'true'"));
    }

    [Fact]
    public async Task Another_versions_source_is_resolved()
    {
        await using var server = await OneVersionAsync();
        var copy = await server.Client.TellAsync("model-versions/create", """{"name": "m", "source": "models:/m/1"}""");
        var uri = await server.Client.AskAsync(
            $"model-versions/get-download-uri?name=m&version={copy.Json.Text("model_version.version")}"
        );
        Assert.Equal("s3://bucket/model", uri.Json.Text("artifact_uri"));
    }

    private static async Task<MLflowServer> OneVersionAsync()
    {
        var server = await MLflowServer.StartAsync();
        await server.Client.TellAsync("registered-models/create", """{"name": "m"}""");
        await VersionAsync(server);
        return server;
    }

    private static async Task<string> VersionAsync(MLflowServer server)
    {
        var made = await server.Client.TellAsync(
            "model-versions/create",
            """{"name": "m", "source": "s3://bucket/model"}"""
        );
        return made.Json.Text("model_version.version");
    }

    private static async Task<IEnumerable<string>> NamesAsync(MLflowServer server, string filter)
    {
        var found = await server.Client.AskAsync($"registered-models/search?filter={Uri.EscapeDataString(filter)}");
        return found.Json["registered_models"]!.AsArray().Select(model => model!.Text("name"));
    }
}
