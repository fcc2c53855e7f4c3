using System.Text;
using System.Text.Json.Nodes;
using Braid.Access.Callers;
using Braid.Pipelines.Secrets;
using Braid.Pipelines.Specs.Reading;
using Braid.Primitives;

namespace Braid.Pipelines.Tests.Secrets;

public sealed class SecretCatalogTests : IAsyncLifetime
{
    private const string login = """
        {"kind": "Secret", "apiVersion": "v1", "metadata": {"name": "login"}, "type": "Opaque",
         "data": {"user": "YW5h"}, "stringData": {"password": "s3cret"}}
        """;

    private static readonly CancellationToken none = CancellationToken.None;

    private PipelineWorld? opened;

    private PipelineWorld World => opened ?? throw new InvalidOperationException("not started");

    private SecretCatalog Secrets => World.Host.Secrets;

    public async Task InitializeAsync() => opened = await PipelineWorld.OpenAsync();

    public async Task DisposeAsync() => await World.DisposeAsync();

    [Fact]
    public async Task Values_in_base64_and_in_plain_text_are_read_back()
    {
        PipelineWorld.Ok(await CreateAsync(login));

        Assert.Equal("ana", await ReadAsync("login", "user"));
        Assert.Equal("s3cret", await ReadAsync("login", "password"));
    }

    [Fact]
    public async Task Neither_rows_nor_answers_tell_a_value()
    {
        PipelineWorld.Ok(await CreateAsync(login));

        var box = await World.Database.ReadAsync(
            db => db.ScalarAsync<byte[]>("SELECT sealed FROM secret_value WHERE key = 'password'"),
            none
        );
        var shown = PipelineWorld.Ok(await Secrets.InspectAsync(PipelineWorld.Admin, "login", none));

        Assert.True(box.AsSpan().IndexOf("s3cret"u8) < 0);
        Assert.Equal(("login", "Opaque"), (shown.Name, shown.Type));
        Assert.DoesNotContain("s3cret", $"{shown}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_box_that_was_put_under_another_name_cannot_be_opened()
    {
        PipelineWorld.Ok(await CreateAsync(login));
        await World.Database.WriteAsync(
            db => db.ExecuteAsync("UPDATE secret_value SET key = 'other' WHERE key = 'password'"),
            none
        );

        await Assert.ThrowsAnyAsync<System.Security.Cryptography.CryptographicException>(() =>
            ReadAsync("login", "other")
        );
    }

    [Theory]
    [InlineData("{", "failed to unmarshal secret")]
    [InlineData("[]", "must be a JSON object")]
    [InlineData("""{"kind": "ConfigMap", "metadata": {"name": "a"}}""", "its kind is \"ConfigMap\"")]
    [InlineData("""{"metadata": {"name": "Bad Name"}}""", "\"Bad Name\" is no name of a secret")]
    [InlineData("""{"metadata": {}}""", "\"\" is no name of a secret")]
    [InlineData("""{"metadata": {"name": "a"}, "data": {"k": "???"}}""", "data[\"k\"] is not base64")]
    [InlineData("""{"metadata": {"name": "a"}, "stringData": {"../k": "v"}}""", "\"../k\" is no key of a secret")]
    [InlineData("""{"metadata": {"name": "a"}, "data": "text"}""", "failed to unmarshal secret")]
    public async Task A_file_that_is_no_secret_is_refused_with_the_reason(string json, string reason)
    {
        Assert.Contains(reason, (await CreateAsync(json)).Error?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_is_taken_until_the_secret_is_deleted()
    {
        PipelineWorld.Ok(await CreateAsync(login));
        var again = await CreateAsync(login);
        PipelineWorld.Ok(await Secrets.DeleteAsync(PipelineWorld.Admin, "login", none));

        Assert.Equal(ErrorKind.AlreadyExists, again.Error?.Kind);
        Assert.Empty(PipelineWorld.Ok(await Secrets.ListAsync(PipelineWorld.Admin, none)));
        Assert.Equal(
            "secrets \"login\" not found",
            (await Secrets.DeleteAsync(PipelineWorld.Admin, "login", none)).Error?.Message
        );
    }

    [Fact]
    public async Task User_code_may_not_look_at_secrets()
    {
        var job = new Caller.Job(default, default, "attempt", new HashSet<string>());

        Assert.NotNull((await Secrets.ListAsync(job, none)).Error);
        Assert.NotNull((await Secrets.CreateAsync(job, Encoding.UTF8.GetBytes(login), none)).Error);
    }

    [Theory]
    [InlineData("other", "user", "missing Kubernetes secret other")]
    [InlineData("login", "pin", "Kubernetes secret login missing key pin")]
    [InlineData("login", "user", null)]
    public async Task What_a_spec_asks_for_must_be_there(string name, string key, string? reason)
    {
        PipelineWorld.Ok(await CreateAsync(login));
        var spec = PipelineWorld.Spec("p", "true", "images:/*");
        spec["transform"]!["secrets"] = new JsonArray(
            new JsonObject
            {
                ["name"] = name,
                ["key"] = key,
                ["envVar"] = "USER",
            }
        );

        var error = await World.Database.ReadAsync(
            db => Secrets.CheckAsync(db, SpecReader.ReadStored(spec.ToJsonString())),
            none
        );

        Assert.Equal(reason is null, error is null);
        Assert.StartsWith(reason ?? "", error?.Message ?? "", StringComparison.Ordinal);
    }

    private Task<Result<Unit>> CreateAsync(string json) =>
        Secrets.CreateAsync(PipelineWorld.Admin, Encoding.UTF8.GetBytes(json), none);

    private async Task<string> ReadAsync(string name, string key) =>
        Encoding.UTF8.GetString(
            PipelineWorld.Ok(await World.Database.ReadAsync(db => Secrets.ReadAsync(db, name, key), none))
        );
}
