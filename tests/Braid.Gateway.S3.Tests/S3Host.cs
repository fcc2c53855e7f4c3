using Amazon.Runtime;
using Amazon.S3;
using Braid.Access;
using Braid.Access.Callers;
using Braid.Access.Credentials;
using Braid.Data;
using Braid.Primitives;
using Braid.Storage;
using Braid.Storage.Blobs;
using Braid.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Braid.Gateway.S3.Tests;

/// <summary>The door on a free port, over stores of the test's own.</summary>
internal sealed class S3Host : IAsyncDisposable
{
    public static readonly Caller User = new Caller.Administrator("ann");
    public static readonly KeyPair Admin = new("BRAIDADMIN", "the/secret+of=admin");

    private readonly TempFolder folder;
    private readonly TestDatabase test;
    private readonly ContentStore content;
    private readonly WebApplication app;

    private S3Host(TempFolder folder, TestDatabase test, ContentStore content, VersionedData data, WebApplication app)
    {
        this.folder = folder;
        this.test = test;
        this.content = content;
        this.app = app;
        Data = data;
        Http = new() { BaseAddress = new(Address) };
    }

    public VersionedData Data { get; }

    /// <summary>Where chunks lie.</summary>
    public string Packs => folder.File("blobs/packs");

    public string Address => app.Urls.First();

    /// <summary>A client that sends what it is told, unsigned.</summary>
    public HttpClient Http { get; }

    public static async Task<S3Host> StartAsync(bool open = true, TimeProvider? clock = null)
    {
        var folder = new TempFolder();
        var test = await TestDatabase.OpenAsync("sqlite", [.. AccessSchema.Migrations, .. DataSchema.Migrations]);
        var content = await ContentStore.OpenAsync(
            new BlobAddress.Folder(folder.File("blobs")),
            TimeProvider.System,
            default
        );
        var data = new VersionedData(test.Database, content, TimeProvider.System, IdSource.System);
        await data.EnsureDefaultProjectAsync(default);
        var box = new SecretBox(new byte[SecretBox.KeySize]);
        var authenticator = new Authenticator(test.Database, box, TimeProvider.System, IdSource.System, open);
        await authenticator.SetAdministratorAsync(Admin, default);

        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        S3Door.Map(app, data, authenticator, clock ?? TimeProvider.System);
        await app.StartAsync();
        return new(folder, test, content, data, app);
    }

    /// <summary>Amazon's own client.</summary>
    public AmazonS3Client Client(KeyPair keys, Action<AmazonS3Config>? configure = null)
    {
        var config = new AmazonS3Config
        {
            ServiceURL = Address,
            ForcePathStyle = true,
            AuthenticationRegion = "us-east-1",
            MaxErrorRetry = 0,
        };
        configure?.Invoke(config);
        return new(new BasicAWSCredentials(keys.AccessKey, keys.SecretKey), config);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.DisposeAsync();
        await content.DisposeAsync();
        await test.DisposeAsync();
        folder.Dispose();
    }
}
