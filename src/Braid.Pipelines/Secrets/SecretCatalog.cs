using Braid.Access.Audit;
using Braid.Access.Callers;
using Braid.Access.Credentials;
using Braid.Metadata;
using Braid.Pipelines.Specs;
using Braid.Primitives;

namespace Braid.Pipelines.Secrets;

/// <summary>
/// The secrets that pipelines hand to their programs. Values are sealed with keys derived from the installation's, one for
/// each, so that a box is of no use under another name; nothing but a job's worker ever opens one.
/// </summary>
public sealed class SecretCatalog
{
    private const string select = "SELECT name, type, created_at FROM secret";

    private readonly Database database;
    private readonly SecretBox installation;
    private readonly TimeProvider clock;

    internal SecretCatalog(Database database, SecretBox installation, TimeProvider clock)
    {
        this.database = database;
        this.installation = installation;
        this.clock = clock;
    }

    /// <param name="file">The JSON of a Kubernetes secret: base64 values under <c>data</c>, plain ones under <c>stringData</c>.</param>
    public async Task<Result<Unit>> CreateAsync(Caller caller, ReadOnlyMemory<byte> file, CancellationToken ct)
    {
        var read = caller.MayAdminister() is { } denied ? denied : SecretFile.Read(file);
        return await database.WriteAsync(
            caller,
            new("secret.create", read.IsOk ? read.Value.Name : ""),
            read.Error,
            db => InsertAsync(db, read.Value),
            ct
        );
    }

    /// <summary>Pipelines that use it keep their specs; their next jobs fail for want of it.</summary>
    public Task<Result<Unit>> DeleteAsync(Caller caller, string name, CancellationToken ct) =>
        database.WriteAsync<Unit>(
            caller,
            new("secret.delete", name),
            caller.MayAdminister(),
            async db =>
            {
                await db.ExecuteAsync("DELETE FROM secret_value WHERE secret = @name", new { name });
                return await db.ExecuteAsync("DELETE FROM secret WHERE name = @name", new { name }) > 0
                    ? Unit.Value
                    : Errors.SecretNotFound(name);
            },
            ct
        );

    /// <summary>In the order of their names.</summary>
    public async Task<Result<IReadOnlyList<Secret>>> ListAsync(Caller caller, CancellationToken ct) =>
        caller.MayAdminister() is { } denied
            ? denied
            : (await database.ReadAsync(db => db.QueryAsync<SecretRow>($"{select} ORDER BY name"), ct))
                .Select(row => row.ToSecret())
                .ToList();

    public async Task<Result<Secret>> InspectAsync(Caller caller, string name, CancellationToken ct) =>
        caller.MayAdminister() is { } denied ? denied
        : await database.ReadAsync(db => FindAsync(db, name), ct) is { } row ? row.ToSecret()
        : Errors.SecretNotFound(name);

    /// <summary>One value; the refusal names what is missing and never tells a value.</summary>
    internal async Task<Result<byte[]>> ReadAsync(DbRead db, string name, string key) =>
        (await ReadAllAsync(db, name)).Then<byte[]>(values =>
            values.TryGetValue(key, out var value) ? value : Errors.MissingSecretKey(name, key)
        );

    /// <summary>All values of a secret by key.</summary>
    internal async Task<Result<IReadOnlyDictionary<string, byte[]>>> ReadAllAsync(DbRead db, string name)
    {
        if (await FindAsync(db, name) is null)
        {
            return Errors.MissingSecret(name);
        }

        var rows = await db.QueryAsync<ValueRow>(
            "SELECT key, sealed FROM secret_value WHERE secret = @name ORDER BY key",
            new { name }
        );
        return rows.ToDictionary(row => row.Key, row => BoxOf(name, row.Key).Open(row.Sealed), StringComparer.Ordinal);
    }

    /// <summary>What of the secrets that a spec asks for is not there; null when all is.</summary>
    internal async Task<Error?> CheckAsync(DbRead db, PipelineSpec spec)
    {
        foreach (var (name, key) in NeedsOf(spec))
        {
            if (await FindAsync(db, name) is null)
            {
                return Errors.MissingSecret(name);
            }

            var keys = await db.ScalarAsync<long>(
                "SELECT count(*) FROM secret_value WHERE secret = @name AND key = @key",
                new { name, key }
            );
            if (key.Length > 0 && keys == 0)
            {
                return Errors.MissingSecretKey(name, key);
            }
        }

        return null;
    }

    private static IEnumerable<(string Name, string Key)> NeedsOf(PipelineSpec spec)
    {
        var needs = spec.Transform.Secrets.Select(secret => (secret.Name, secret.Key));
        return spec.Egress is Egress.SqlDatabase database
            ? needs.Append((database.SecretName, database.SecretKey))
            : needs;
    }

    private async Task<Result<Unit>> InsertAsync(DbWrite db, SecretFile secret)
    {
        if (await FindAsync(db, secret.Name) is not null)
        {
            return Errors.SecretExists(secret.Name);
        }

        await db.ExecuteAsync(
            "INSERT INTO secret (name, type, created_at) VALUES (@Name, @Type, @now)",
            new
            {
                secret.Name,
                secret.Type,
                now = clock.GetUtcNow(),
            }
        );
        foreach (var (key, value) in secret.Values)
        {
            var box = BoxOf(secret.Name, key).Seal(value);
            await db.ExecuteAsync(
                "INSERT INTO secret_value (secret, key, sealed) VALUES (@Name, @key, @box)",
                new
                {
                    secret.Name,
                    key,
                    box,
                }
            );
        }

        return Unit.Value;
    }

    private static Task<SecretRow?> FindAsync(DbRead db, string name) =>
        db.FirstOrDefaultAsync<SecretRow>($"{select} WHERE name = @name", new { name });

    private SecretBox BoxOf(string name, string key) => new(installation.DeriveKey($"braid secret {name}/{key}"));

    private sealed record SecretRow
    {
        public string Name { get; init; } = "";
        public string Type { get; init; } = "";
        public DateTimeOffset CreatedAt { get; init; }

        public Secret ToSecret() => new(Name, Type, CreatedAt);
    }

    private sealed record ValueRow
    {
        public string Key { get; init; } = "";
        public byte[] Sealed { get; init; } = [];
    }
}
