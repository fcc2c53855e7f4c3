using Braid.Gateway.ClearML.Tests.Events;
using Braid.Gateway.ClearML.Tests.Hosting;

namespace Braid.Gateway.ClearML.Tests.Projects;

public sealed class ProjectWordTests
{
    [Fact]
    public async Task Names_and_values_of_hyper_parameters_come_by_pages_from_a_project_and_below()
    {
        await using var host = await ClearMLHost.StartAsync();
        var (outer, inner) = await TwoProjectsAsync(host);
        await CreateAsync(host, outer, """{"Args":{"n":{"value":"1"},"m":{"value":"x"} } }""");
        await CreateAsync(host, inner, """{"Args":{"n":{"value":"2"} } }""");

        var names = await host.Api.DataAsync(
            "projects.get_hyper_parameters",
            $$"""{"project":"{{outer}}","page":0,"page_size":1}"""
        );
        Assert.Equal(
            """{"parameters":[{"section":"Args","name":"m"}],"total":2,"remaining":1}""",
            names.ToJsonString()
        );
        const string n = "\"section\":\"Args\",\"name\":\"n\"";
        Assert.Equal(["1", "2"], await ValuesAsync($$"""{"projects":["{{outer}}"],{{n}}}"""));
        Assert.Equal(["2"], await ValuesAsync($$"""{"projects":["{{outer}}"],{{n}},"pattern":"2"}"""));
        Assert.Equal(["1"], await ValuesAsync($$"""{"projects":["{{outer}}"],{{n}},"include_subprojects":false}"""));

        async Task<IEnumerable<string>> ValuesAsync(string json) =>
            Texts((await host.Api.DataAsync("projects.get_hyperparam_values", json))["values"]);
    }

    [Fact]
    public async Task Metrics_come_with_the_hashes_that_paths_are_made_of()
    {
        await using var host = await ClearMLHost.StartAsync();
        var (outer, inner) = await TwoProjectsAsync(host);
        var task = await CreateAsync(host, inner, "{}");
        await CreateAsync(host, outer, "{}");
        await EventLines.AddAsync(host, EventLines.Scalar(task, "loss", "train", 1, "0.5"));

        var found = await host.Api.DataAsync("projects.get_unique_metric_variants", $$"""{"project":"{{outer}}"}""");
        var metric = Assert.Single(found["metrics"]!.AsArray())!;
        Assert.Equal("loss", metric["metric"]!.GetValue<string>());
        Assert.Equal("train", metric["variant"]!.GetValue<string>());
        var path = $"last_metrics.{metric["metric_hash"]}.{metric["variant_hash"]}.value";
        Assert.Single(await host.Api.NamesAsync("tasks", $$"""{"{{path}}":[0.5,0.5]}"""));
        var none = await host.Api.DataAsync("projects.get_unique_metric_variants", """{"ids":["none"]}""");
        Assert.Empty(none["metrics"]!.AsArray());
    }

    [Fact]
    public async Task Metadata_of_models_parents_and_users_can_be_chosen_from()
    {
        await using var host = await ClearMLHost.StartAsync();
        var (outer, inner) = await TwoProjectsAsync(host);
        var parent = await CreateAsync(host, inner, "{}");
        await host.Api.CreateTaskAsync("child", $$""","project":"{{outer}}","parent":"{{parent}}" """);
        await host.Api.IdAsync(
            "models.create",
            $$"""
            {"name":"net","uri":"http://x/m","project":"{{inner}}","metadata":[{"key":"k","type":"str","value":"v"}]}
            """
        );
        var inOuter = $$"""{"projects":["{{outer}}"],"project":"{{outer}}","key":"k"}""";

        var keys = await host.Api.DataAsync("projects.get_model_metadata_keys", inOuter);
        Assert.Equal(["k"], Texts(keys["keys"]));
        Assert.Equal(["v"], Texts((await host.Api.DataAsync("projects.get_model_metadata_values", inOuter))["values"]));
        var parents = (await host.Api.DataAsync("projects.get_task_parents", inOuter))["parents"]!.AsArray();
        Assert.Equal(
            $$$"""{"id":"{{{parent}}}","name":"demo","project":{"id":"{{{inner}}}","name":"outer/inner"}}""",
            Assert.Single(parents)!.ToJsonString()
        );
        var users = (await host.Api.DataAsync("projects.get_user_names", inOuter, "2.34"))["users"]!.AsArray();
        Assert.Equal((await host.Api.TaskAsync(parent))["user"]!.ToString(), Assert.Single(users)!["id"]!.ToString());
    }

    [Fact]
    public async Task Tags_are_of_a_project_and_below_and_of_what_the_filter_holds_of()
    {
        await using var host = await ClearMLHost.StartAsync();
        var (outer, inner) = await TwoProjectsAsync(host);
        await host.Api.CreateTaskAsync("first", $$""","project":"{{outer}}","tags":["a"],"system_tags":["archived"]""");
        await host.Api.CreateTaskAsync("second", $$""","project":"{{inner}}","tags":["b"]""");

        Assert.Equal(["a", "b"], await TagsAsync($$"""{"projects":["{{outer}}"]}"""));
        Assert.Equal(["a"], await TagsAsync($$"""{"projects":["{{outer}}"],"include_subprojects":false}"""));
        Assert.Equal(["b"], await TagsAsync("""{"filter":{"system_tags":["__$all","__$not","archived"]}}"""));

        async Task<IEnumerable<string>> TagsAsync(string json) =>
            Texts((await host.Api.DataAsync("projects.get_task_tags", json))["tags"]);
    }

    private static async Task<(string Outer, string Inner)> TwoProjectsAsync(ClearMLHost host)
    {
        var inner = await host.Api.CreateProjectAsync("outer/inner");
        return (await host.Api.ProjectIdAsync("outer"), inner);
    }

    private static Task<string> CreateAsync(ClearMLHost host, string project, string parameters) =>
        host.Api.CreateTaskAsync("demo", $$""","project":"{{project}}","hyperparams":{{parameters}}""");

    private static IEnumerable<string> Texts(System.Text.Json.Nodes.JsonNode? list) =>
        list!.AsArray().Select(item => item!.GetValue<string>());
}
