using System.Buffers.Binary;
using Braid.Access;
using Braid.Access.Credentials;
using Braid.Data;
using Braid.Metadata;
using Braid.Metadata.Migrations;
using Braid.Pipelines;
using Braid.Primitives;
using Braid.Server.Folder;
using Braid.Server.Options;
using Braid.Storage;
using Braid.Tracking;
using Braid.Workloads;

namespace Braid.Server;

/// <summary>What the server keeps: rows, bytes, and the key that seals secrets.</summary>
internal sealed class Stores : IAsyncDisposable
{
    private readonly FolderLock? guard;

    private Stores(
        FolderLock? guard,
        Database database,
        ContentStore content,
        Authenticator authenticator,
        SecretBox secrets,
        string installationId,
        TimeProvider clock,
        IdSource ids
    )
    {
        this.guard = guard;
        InstallationId = installationId;
        Database = database;
        Content = content;
        Authenticator = authenticator;
        Secrets = secrets;
        Clock = clock;
        Ids = ids;
    }

    public Database Database { get; }

    public ContentStore Content { get; }

    public Authenticator Authenticator { get; }

    /// <summary>Seals what is kept secret.</summary>
    public SecretBox Secrets { get; }

    /// <summary>32 hex digits that never change and tell nothing: clients use them to notice that an address leads elsewhere.</summary>
    public string InstallationId { get; }

    public TimeProvider Clock { get; }

    public IdSource Ids { get; }

    /// <summary>Every module's tables, in the order in which they refer to each other.</summary>
    public static IReadOnlyList<Migration> Migrations { get; } =
    [
        .. AccessSchema.Migrations,
        .. DataSchema.Migrations,
        .. TrackingSchema.Migrations,
        .. WorkloadsSchema.Migrations,
        .. PipelinesSchema.Migrations,
    ];

    public static async Task<Stores> OpenAsync(
        ServeOptions options,
        TimeProvider clock,
        IdSource ids,
        CancellationToken ct
    )
    {
        var secrets = await InstallationKey.OpenAsync(options.Data, ct);
        var guard = options.Database is DatabaseAddress.SqliteFile file ? FolderLock.TakeDatabase(file.Path) : null;
        Database? database = null;
        try
        {
            database = await Database.OpenAsync(options.Database, Migrations, clock, ct);
            var content = await ContentStore.OpenAsync(options.Blobs, clock, ct);
            return new(
                guard,
                database,
                content,
                new(database, secrets, clock, ids, options.IsOpen),
                secrets,
                IdOf(secrets),
                clock,
                ids
            );
        }
        catch
        {
            await (database?.DisposeAsync() ?? default);
            guard?.Dispose();
            throw;
        }
    }

    private static string IdOf(SecretBox secrets) =>
        Hex32.Version4(BinaryPrimitives.ReadUInt128BigEndian(secrets.DeriveKey("braid installation id"))).ToString();

    public async ValueTask DisposeAsync()
    {
        try
        {
            await Content.DisposeAsync();
        }
        finally
        {
            await Database.DisposeAsync();
            guard?.Dispose();
        }
    }
}
