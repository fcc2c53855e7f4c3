using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Tests.Hosting;

namespace Braid.Gateway.ClearML.Tests.Users;

public sealed class UserTests
{
    [Fact]
    public async Task An_administrator_makes_changes_and_deletes_users()
    {
        await using var host = await ClearMLHost.StartAsync(open: false);
        host.Api.Use(ClearMLHost.Admin);

        var id = await host.Api.IdAsync(
            "auth.create_user",
            $$"""{"name":"Ann Lee","company":"{{People.Company}}","email":"Ann@Example.com","given_name":"Ann"}"""
        );
        Assert.Equal("ann@example.com", id);
        var changed = await host.Api.DataAsync(
            "users.update",
            $$"""{"user":"{{id}}","family_name":"Lee","avatar":"https://example.com/ann.png"}"""
        );
        Assert.Equal("Lee", Text(changed["fields"], "family_name"));

        var user = (await host.Api.DataAsync("users.get_by_id", $$"""{"user":"{{id}}"}"""))["user"]!;
        Assert.Equal(
            ("Ann Lee", "Ann", "Lee", "user", People.Company),
            (
                Text(user, "name"),
                Text(user, "given_name"),
                Text(user, "family_name"),
                Text(user, "role"),
                Text(user, "company")
            )
        );

        await host.Api.DataAsync("users.delete", $$"""{"user":"{{id}}"}""");
        Assert.Equal((400, 301), await host.Api.CodeAsync("users.get_by_id", $$"""{"user":"{{id}}"}"""));
        Assert.Equal((400, 301), await host.Api.CodeAsync("users.delete", $$"""{"user":"{{id}}"}"""));
    }

    [Theory]
    [InlineData("auth.create_user", """{"name":"x","company":"d1bd92a3b039400cbafc60a7a5b1e52b","email":"x@y"}""")]
    [InlineData("auth.edit_user", """{"user":"ann","role":"admin"}""")]
    [InlineData("auth.get_token_for_user", """{"user":"admin"}""")]
    [InlineData("users.create", """{"id":"x","company":"d1bd92a3b039400cbafc60a7a5b1e52b","name":"x"}""")]
    [InlineData("users.delete", """{"user":"ann"}""")]
    [InlineData("users.update", """{"user":"admin","name":"fool"}""")]
    [InlineData("server.config", "{}")]
    [InlineData("server.get_stats", "{}")]
    public async Task An_ordinary_user_may_not(string endpoint, string json)
    {
        await using var host = await ClearMLHost.StartAsync(open: false);
        host.Api.Use(await host.HireAsync("ann"));

        Assert.Equal((403, 20), await host.Api.CodeAsync(endpoint, json));
    }

    [Fact]
    public async Task An_ordinary_user_works_renames_itself_and_is_named_as_owner()
    {
        await using var host = await ClearMLHost.StartAsync(open: false);
        host.Api.Use(await host.HireAsync("ann"));
        await host.Api.DataAsync("users.update", """{"user":"ann","name":"Ann Lee"}""");
        var task = await host.Api.CreateTaskAsync();

        var listed = await host.Api.DataAsync("tasks.get_all_ex", $$"""{"id":["{{task}}"]}""");

        var user = listed["tasks"]![0]!["user"];
        Assert.Equal(("ann", "Ann Lee"), (Text(user, "id"), Text(user, "name")));
        var current = (await host.Api.DataAsync("users.get_current_user"))["user"]!;
        Assert.Equal(("Ann Lee", "user"), (Text(current, "name"), Text(current, "role")));
    }

    [Fact]
    public async Task A_new_role_counts_from_the_next_call_on()
    {
        await using var host = await ClearMLHost.StartAsync(open: false);
        var keys = await host.HireAsync("ann");
        host.Api.Use(keys);
        var token = await host.Api.TokenAsync();
        host.Api.Use(ClearMLHost.Admin);
        await host.Api.DataAsync("auth.edit_user", """{"user":"ann","role":"admin"}""");

        host.Api.Use(token);
        Assert.Equal((200, 0), await host.Api.CodeAsync("server.config"));
        await host.Api.DataAsync("auth.edit_user", """{"role":"user"}""");
        Assert.Equal((403, 20), await host.Api.CodeAsync("server.config"));
    }

    [Fact]
    public async Task Users_that_come_with_the_server_stay_as_they_are()
    {
        await using var host = await ClearMLHost.StartAsync(open: true);

        Assert.Equal((400, 100), await host.Api.CodeAsync("users.delete", """{"user":"admin"}"""));
        Assert.Equal((400, 100), await host.Api.CodeAsync("auth.edit_user", """{"user":"admin","role":"user"}"""));
        Assert.Equal(["admin", "anonymous"], await host.Api.NamesAsync("users", """{"order_by":["id"]}"""));
    }

    [Theory]
    [InlineData("""{"id":"ann","company":"d1bd92a3b039400cbafc60a7a5b1e52b","name":"second"}""", 801)]
    [InlineData("""{"id":"admin","company":"d1bd92a3b039400cbafc60a7a5b1e52b","name":"x"}""", 801)]
    [InlineData("""{"id":"anonymous","company":"d1bd92a3b039400cbafc60a7a5b1e52b","name":"x"}""", 801)]
    [InlineData("""{"id":"job","company":"d1bd92a3b039400cbafc60a7a5b1e52b","name":"x"}""", 12)]
    [InlineData("""{"id":"x","company":"00000000000000000000000000000000","name":"x"}""", 12)]
    [InlineData("""{"id":"x","name":"x"}""", 11)]
    [InlineData("""{"company":"d1bd92a3b039400cbafc60a7a5b1e52b","name":"x"}""", 11)]
    [InlineData("""{"id":"x","company":"d1bd92a3b039400cbafc60a7a5b1e52b"}""", 11)]
    public async Task A_user_that_cannot_be_is_refused(string json, int subcode)
    {
        await using var host = await ClearMLHost.StartAsync(open: false);
        await host.HireAsync("ann");
        host.Api.Use(ClearMLHost.Admin);

        Assert.Equal((400, subcode), await host.Api.CodeAsync("users.create", json));
    }

    [Theory]
    [InlineData("superuser")]
    [InlineData("annotator")]
    [InlineData("root")]
    [InlineData("guest")]
    public async Task A_role_that_is_not_kept_apart_is_refused_rather_than_taken_for_another(string role)
    {
        await using var host = await ClearMLHost.StartAsync(open: false);
        await host.HireAsync("ann");
        host.Api.Use(ClearMLHost.Admin);

        Assert.Equal((400, 12), await host.Api.CodeAsync("auth.edit_user", $$"""{"user":"ann","role":"{{role}}"}"""));
    }

    [Theory]
    [InlineData("two\nlines")]
    [InlineData("zero\u0000byte")]
    [InlineData("gnp.\u202Etxet")]
    [InlineData("\u2066isolate")]
    [InlineData("para\u2029graph")]
    [InlineData("   ")]
    [InlineData("")]
    public async Task Names_that_read_as_something_else_are_refused(string name)
    {
        await using var host = await ClearMLHost.StartAsync(open: false);
        host.Api.Use(await host.HireAsync("ann"));
        var json = new JsonObject { ["user"] = "ann", ["name"] = name }.ToJsonString();

        Assert.Equal((400, 12), await host.Api.CodeAsync("users.update", json));
    }

    [Theory]
    [InlineData("users.get_by_id", "user", 301)]
    [InlineData("users.update", "name", 12)]
    [InlineData("users.update", "avatar", 12)]
    [InlineData("auth.create_credentials", "label", 12)]
    [InlineData("auth.edit_credentials", "label", 12)]
    [InlineData("users.get_all", "name", 0)]
    [InlineData("auth.validate_token", "token", 0)]
    public async Task A_megabyte_or_a_zero_byte_in_any_field_is_answered_in_a_few_words(
        string endpoint,
        string field,
        int subcode
    )
    {
        await using var host = await ClearMLHost.StartAsync(open: false);
        host.Api.Use(await host.HireAsync("ann"));
        foreach (var text in (string[])[new('x', 1 << 20), "a\u0000b"])
        {
            var json = new JsonObject
            {
                ["user"] = "ann",
                ["access_key"] = "X",
                [field] = text,
            };

            var reply = await host.Api.CallAsync(endpoint, json.ToJsonString(), "2.34");

            Assert.Equal(subcode, reply.Subcode);
            Assert.InRange(reply.Message.Length, 1, 1000);
        }
    }

    [Fact]
    public async Task Users_are_found_by_name_and_id_in_order_and_by_pages()
    {
        await using var host = await ClearMLHost.StartAsync(open: false);
        foreach (var id in (string[])["ann", "ben", "cat"])
        {
            await host.HireAsync(id);
        }

        host.Api.Use(ClearMLHost.Admin);
        Assert.Equal(["ann the user"], await host.Api.NamesAsync("users", """{"name":"^an+ the"}"""));
        Assert.Equal(
            ["cat the user", "ann the user"],
            await host.Api.NamesAsync("users", """{"id":["ann","cat"],"order_by":["-name"]}""")
        );
        Assert.Equal(
            ["ben the user"],
            await host.Api.NamesAsync("users", """{"name":"the","order_by":["id"],"page":1,"page_size":1}""")
        );
        var only = await host.Api.DataAsync("users.get_all", """{"id":["ann"],"only_fields":["name"]}""");
        Assert.Equal("""[{"id":"ann","name":"ann the user"}]""", only["users"]!.ToJsonString());
        Assert.Equal((400, 14), await host.Api.CodeAsync("users.get_all", """{"order_by":["secret"]}"""));
        Assert.Equal((400, 14), await host.Api.CodeAsync("users.get_all", """{"only_fields":["secret"]}"""));
        Assert.Equal((400, 12), await host.Api.CodeAsync("users.get_all", """{"name":"["}"""));
    }

    [Fact]
    public async Task Users_are_found_by_the_projects_they_are_active_in()
    {
        await using var host = await ClearMLHost.StartAsync(open: false);
        var (ann, _) = (await host.HireAsync("ann"), await host.HireAsync("ben"));
        host.Api.Use(ann);
        var project = await host.Api.CreateProjectAsync("digits");
        await host.Api.CreateTaskAsync("train", $",\"project\":\"{project}\"");

        var here = await host.Api.DataAsync("users.get_all_ex", $$"""{"active_in_projects":["{{project}}"]}""");
        var anywhere = await host.Api.DataAsync("users.get_all_ex", """{"active_in_projects":[]}""");
        var all = await host.Api.DataAsync("users.get_all_ex");

        Assert.Equal("ann", Text(Assert.Single(here["users"]!.AsArray()), "id"));
        Assert.Equal("ann", Text(Assert.Single(anywhere["users"]!.AsArray()), "id"));
        Assert.Equal(3, all["users"]!.AsArray().Count);
    }

    private static string Text(JsonNode? node, string field) => node![field]!.GetValue<string>();
}
