using System.Text;
using Braid.Access.Callers;
using Braid.Access.Credentials;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Testing;

namespace Braid.Access.Tests;

public sealed class AuthenticatorTests
{
    private static readonly KeyPair admin = new("ADMINKEY", "admin-secret");
    private static readonly Dictionary<string, object> noClaims = [];

    private readonly ManualClock clock = new();

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task A_key_pair_is_its_owner_and_a_wrong_secret_is_nobody(string store)
    {
        await using var test = await OpenAsync(store);
        var authenticator = Authenticator(test.Database);
        await authenticator.SetAdministratorAsync(admin, default);

        Assert.IsType<Caller.Administrator>((await authenticator.FromKeyAsync(admin, default)).Value);
        Assert.Equal(
            ErrorKind.Unauthenticated,
            (await authenticator.FromKeyAsync(admin with { SecretKey = "other" }, default)).Error?.Kind
        );
        Assert.Equal(
            ErrorKind.Unauthenticated,
            (await authenticator.FromKeyAsync(new("NOBODY", "x"), default)).Error?.Kind
        );
    }

    [Theory, MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task An_attempts_credentials_reach_its_run_and_die_with_it(string store)
    {
        await using var test = await OpenAsync(store);
        var authenticator = Authenticator(test.Database);
        var job = new Caller.Job(
            new(IdSource.System.Next()),
            new(IdSource.System.Next()),
            "attempt-1",
            new HashSet<string> { "default/digits" }
        );
        var keys = await test.Database.WriteAsync(db => authenticator.IssueForJobAsync(db, job), default);
        var token = authenticator.IssueToken(keys.AccessKey, TimeSpan.FromDays(1), noClaims);

        var caller = Assert.IsType<Caller.Job>((await authenticator.FromTokenAsync(token, default)).Value);
        Assert.Equal(job.Run, caller.Run);
        Assert.Equal("attempt-1", caller.Writer);
        Assert.Null(caller.MayReadData("default/digits"));
        Assert.Equal(ErrorKind.PermissionDenied, caller.MayReadData("default/other")?.Kind);
        Assert.Equal(ErrorKind.PermissionDenied, caller.MayAdminister()?.Kind);

        await test.Database.WriteAsync(db => authenticator.RevokeAttemptAsync(db, "attempt-1"), default);
        Assert.Equal(ErrorKind.Unauthenticated, (await authenticator.FromTokenAsync(token, default)).Error?.Kind);
        Assert.Equal(ErrorKind.Unauthenticated, (await authenticator.FromKeyAsync(keys, default)).Error?.Kind);
    }

    [Fact]
    public async Task A_token_expires_and_a_forged_one_is_refused()
    {
        await using var test = await OpenAsync("sqlite");
        var authenticator = Authenticator(test.Database);
        await authenticator.SetAdministratorAsync(admin, default);
        var token = authenticator.IssueToken(admin.AccessKey, TimeSpan.FromHours(1), noClaims);
        Assert.True((await authenticator.FromTokenAsync(token, default)).IsOk);

        foreach (var forged in Forgeries(token))
        {
            Assert.False((await authenticator.FromTokenAsync(forged, default)).IsOk, forged);
        }

        clock.Advance(TimeSpan.FromHours(1) + TimeSpan.FromSeconds(61));
        Assert.False((await authenticator.FromTokenAsync(token, default)).IsOk);
    }

    [Fact]
    public async Task A_server_that_is_not_open_demands_credentials()
    {
        await using var test = await OpenAsync("sqlite");
        Assert.True(Authenticator(test.Database).FromNothing().IsOk);
        Assert.Equal(ErrorKind.Unauthenticated, Authenticator(test.Database, open: false).FromNothing().Error?.Kind);
    }

    [Fact]
    public void A_sealed_secret_opens_only_unchanged()
    {
        var box = new SecretBox(new byte[SecretBox.KeySize]);
        var sealedSecret = box.Seal("secret"u8);
        Assert.Equal("secret", Encoding.UTF8.GetString(box.Open(sealedSecret)));
        Assert.DoesNotContain("secret", Encoding.Latin1.GetString(sealedSecret), StringComparison.Ordinal);
        sealedSecret[^1] ^= 1;
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => box.Open(sealedSecret));
    }

    private static IEnumerable<string> Forgeries(string token)
    {
        var parts = token.Split('.');
        yield return "";
        yield return "a.b.c";
        yield return $"{parts[0]}.{parts[1]}.";
        yield return $"{parts[0]}.{parts[1][..^2]}AA.{parts[2]}";
        // {"alg":"none"}
        yield return $"eyJhbGciOiJub25lIn0.{parts[1]}.";
        yield return token + "A";
    }

    private Authenticator Authenticator(Database database, bool open = true) =>
        new(database, new(new byte[SecretBox.KeySize]), clock, IdSource.System, open);

    private Task<TestDatabase> OpenAsync(string store) => TestDatabase.OpenAsync(store, AccessSchema.Migrations, clock);
}
