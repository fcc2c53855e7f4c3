using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Braid.Access.Credentials;
using Braid.Gateway.ClearML.Tests.Hosting;
using Braid.Gateway.ClearML.Tests.Users;
using Braid.Primitives;

namespace Braid.Gateway.ClearML.Tests.Auth;

public sealed class TokenTests
{
    private static readonly Dictionary<string, object> noClaims = [];

    [Fact]
    public async Task A_logged_out_token_and_those_it_was_renewed_to_are_worth_nothing()
    {
        await using var host = await ClearMLHost.StartAsync(open: false);
        host.Api.Use(ClearMLHost.Admin);
        var (token, other) = (await host.Api.TokenAsync(), await host.Api.TokenAsync());
        host.Api.Use(token);
        var renewed = await host.Api.TokenAsync();

        var reply = await host.Api.CallAsync("auth.logout");

        Assert.Equal(200, reply.Code);
        Assert.StartsWith(
            "clearml_token_basic=; ",
            Assert.Single(reply.Headers!.GetValues("Set-Cookie")),
            StringComparison.Ordinal
        );
        Assert.Equal((401, 30), await host.Api.CodeAsync("users.get_current_user"));
        host.Api.Use(renewed);
        Assert.Equal((401, 30), await host.Api.CodeAsync("auth.login"));
        using var file = new HttpRequestMessage(HttpMethod.Get, "/any");
        file.Headers.Authorization = new("Bearer", renewed);
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, (await host.Files.SendAsync(file)).StatusCode);
        host.Api.Use(other);
        Assert.Equal((200, 0), await host.Api.CodeAsync("users.get_current_user"));
    }

    [Fact]
    public async Task Logging_out_with_a_key_pair_ends_no_session()
    {
        await using var host = await ClearMLHost.StartAsync(open: false);
        host.Api.Use(ClearMLHost.Admin);
        var token = await host.Api.TokenAsync();

        Assert.Equal((200, 0), await host.Api.CodeAsync("login.logout"));

        host.Api.Use(token);
        Assert.Equal((200, 0), await host.Api.CodeAsync("users.get_current_user"));
    }

    [Fact]
    public async Task A_token_for_another_user_is_that_user_and_no_more()
    {
        await using var host = await ClearMLHost.StartAsync(open: false);
        await host.HireAsync("ann");
        host.Api.Use(ClearMLHost.Admin);
        host.Api.Use(await TokenForAsync(host.Api, "ann"));

        var user = await host.Api.DataAsync("users.get_current_user");
        Assert.Equal("ann", user["user"]!["id"]!.GetValue<string>());
        Assert.Equal("user", user["user"]!["role"]!.GetValue<string>());

        // Logging in anew must not bring back the administrator whose key pair the token hangs on.
        host.Api.Use(await host.Api.TokenAsync());
        Assert.Equal((403, 20), await host.Api.CodeAsync("server.config"));
        Assert.Equal((403, 20), await host.Api.CodeAsync("auth.get_token_for_user", """{"user":"admin"}"""));
    }

    [Fact]
    public async Task A_token_for_another_user_is_not_renewed_beyond_its_end()
    {
        await using var host = await ClearMLHost.StartAsync(open: false);
        await host.HireAsync("ann");
        host.Api.Use(ClearMLHost.Admin);
        var token = await TokenForAsync(host.Api, "ann", """,'expiration_sec':60""".Replace('\'', '"'));
        host.Api.Use(token);

        Assert.Equal(Expiry(token), Expiry(await host.Api.TokenAsync()));
    }

    [Fact]
    public async Task A_token_for_another_user_dies_with_the_user_the_pair_and_the_role_it_hangs_on()
    {
        await using var host = await ClearMLHost.StartAsync(open: false);
        await host.HireAsync("ann");
        await host.HireAsync("eve");
        var boss = await host.HireAsync("boss", "admin");
        host.Api.Use(boss);
        var (deleted, demoted) = (await TokenForAsync(host.Api, "eve"), await TokenForAsync(host.Api, "ann"));

        host.Api.Use(ClearMLHost.Admin);
        await host.Api.DataAsync("users.delete", """{"user":"eve"}""");
        Assert.Equal((401, 30), await CodeOfAsync(host, deleted));
        Assert.Equal((200, 0), await CodeOfAsync(host, demoted));

        host.Api.Use(ClearMLHost.Admin);
        await host.Api.DataAsync("auth.edit_user", """{"user":"boss","role":"user"}""");
        Assert.Equal((401, 30), await CodeOfAsync(host, demoted));

        host.Api.Use(ClearMLHost.Admin);
        await host.Api.DataAsync("auth.edit_user", """{"user":"boss","role":"admin"}""");
        Assert.Equal((200, 0), await CodeOfAsync(host, demoted));
        host.Api.Use(boss);
        await host.Api.DataAsync("auth.revoke_credentials", $$"""{"access_key":"{{boss.AccessKey}}"}""");
        Assert.Equal((401, 30), await CodeOfAsync(host, demoted));
    }

    [Fact]
    public async Task A_token_of_a_deleted_user_is_refused_even_when_the_id_is_given_again()
    {
        await using var host = await ClearMLHost.StartAsync(open: false);
        host.Api.Use(await host.HireAsync("ann"));
        var token = await host.Api.TokenAsync();
        host.Api.Use(ClearMLHost.Admin);
        await host.Api.DataAsync("users.delete", """{"user":"ann"}""");
        await host.HireAsync("ann");

        Assert.Equal((401, 30), await CodeOfAsync(host, token));
    }

    [Fact]
    public async Task Validation_says_whose_a_token_is_or_why_it_does_not_hold()
    {
        await using var host = await ClearMLHost.StartAsync(open: false);
        host.Api.Use(ClearMLHost.Admin);
        var token = await host.Api.TokenAsync();

        var valid = await host.Api.DataAsync("auth.validate_token", $$"""{"token":"{{token}}"}""");
        var forged = await host.Api.DataAsync("auth.validate_token", $$"""{"token":"{{token}}x"}""");

        Assert.True(valid["valid"]!.GetValue<bool>());
        Assert.Equal("admin", valid["user"]!.GetValue<string>());
        Assert.Equal(People.Company, valid["company"]!.GetValue<string>());
        Assert.False(forged["valid"]!.GetValue<bool>());
        Assert.NotEmpty(forged["msg"]!.GetValue<string>());
        Assert.Null(forged["user"]);
    }

    [Fact]
    public async Task Forged_tokens_and_those_of_other_installations_are_refused()
    {
        await using var host = await ClearMLHost.StartAsync(open: false);
        host.Api.Use(ClearMLHost.Admin);
        var token = await host.Api.TokenAsync();
        var otherKey = new byte[SecretBox.KeySize];
        otherKey[0] = 1;
        var elsewhere = new Authenticator(
            host.Database,
            new SecretBox(otherKey),
            TimeProvider.System,
            IdSource.System,
            open: false
        );

        foreach (
            var wrong in (string[])
                [
                    elsewhere.IssueToken(ClearMLHost.Admin.AccessKey, TimeSpan.FromDays(1), noClaims),
                    Signed(Claims(), ""),
                    Signed(Claims(), "1SCf0ov3Nm544Td2oZ0gXSrsNx5XhMWdVlKz1tOgcx158bD5RV"),
                    $"{Encoded("""{"alg":"none","typ":"JWT"}""")}.{Encoded(Claims())}.",
                    $"{token.Split('.')[0]}.{Encoded(Claims())}.{token.Split('.')[2]}",
                    host.Rooms.Access.IssueToken(ClearMLHost.Admin.AccessKey, TimeSpan.FromSeconds(-61), noClaims),
                    host.Rooms.Access.IssueToken("NOBODYSKEY", TimeSpan.FromDays(1), noClaims),
                ]
        )
        {
            Assert.Equal((401, 30), await CodeOfAsync(host, wrong));
        }
    }

    // The pairs that ClearML's public charts and example configurations come with.
    [Theory]
    [InlineData("5442F3443MJMORWZA3ZH", "BxapIRo9ZINi8x25CRxz8Wdmr2pQjzuWVB4PNASZqCtTyWgWVQ")]
    [InlineData("GGS9F4M6XB2DXJ5AFT9F", "2oGujVFhPfaozhpuz2GzQfA5OyxmMsR3WVJpsCR5hrgHFs20PO")]
    [InlineData("EGRTCO8JMSIGI6S39GTP43NFWXDQOW", "x!XTov_G-#vspE*Y(h$Anm&DIc5Ou-F)jsl$PdOyj5wG1&E!Z8")]
    public async Task Well_known_key_pairs_never_work(string accessKey, string secretKey)
    {
        foreach (var open in (bool[])[true, false])
        {
            await using var host = await ClearMLHost.StartAsync(open);
            host.Api.Use(new KeyPair(accessKey, secretKey));

            Assert.Equal((401, 22), await host.Api.CodeAsync("auth.login"));
        }
    }

    [Theory]
    [InlineData("superuser")]
    [InlineData("ann\u0000")]
    public async Task A_zero_byte_or_an_unknown_name_in_credentials_is_nobody(string accessKey)
    {
        await using var host = await ClearMLHost.StartAsync(open: false);
        host.Api.Use(new KeyPair(accessKey, "secret\u0000"));

        Assert.Equal((401, 22), await host.Api.CodeAsync("auth.login"));
    }

    private static async Task<string> TokenForAsync(ApiClient api, string user, string more = "") =>
        (await api.DataAsync("auth.get_token_for_user", $$"""{"user":"{{user}}"{{more}}}"""))[
            "token"
        ]!.GetValue<string>();

    private static Task<(int, int)> CodeOfAsync(ClearMLHost host, string token)
    {
        host.Api.Use(token);
        return host.Api.CodeAsync("users.get_current_user");
    }

    private static long Expiry(string token) =>
        JsonNode.Parse(Base64Url.DecodeFromChars(token.Split('.')[1]))!["exp"]!.GetValue<long>();

    private static string Claims() =>
        $$"""{"sub":"{{ClearMLHost.Admin.AccessKey}}","exp":{{TimeProvider.System.GetUtcNow().AddDays(1).ToUnixTimeSeconds()}}}""";

    private static string Signed(string claims, string key)
    {
        var signed = $"{Encoded("""{"alg":"HS256","typ":"JWT"}""")}.{Encoded(claims)}";
        var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.ASCII.GetBytes(signed));
        return $"{signed}.{Base64Url.EncodeToString(mac)}";
    }

    private static string Encoded(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
