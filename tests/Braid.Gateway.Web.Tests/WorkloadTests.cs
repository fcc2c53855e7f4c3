using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Braid.Workloads.Desks;
using Braid.Workloads.Nodes;

namespace Braid.Gateway.Web.Tests;

/// <summary>Shares, machines and submitted work, as people's programs ask about them.</summary>
public sealed class WorkloadTests
{
    [Theory]
    [InlineData("GET", "/api/shares")]
    [InlineData("POST", "/api/shares")]
    [InlineData("PATCH", "/api/shares/default")]
    [InlineData("DELETE", "/api/shares/default")]
    [InlineData("GET", "/api/nodes")]
    [InlineData("POST", "/api/nodes/a/cordon")]
    [InlineData("POST", "/api/nodes/a/uncordon")]
    [InlineData("DELETE", "/api/nodes/a")]
    [InlineData("GET", "/api/workloads")]
    [InlineData("POST", "/api/workloads")]
    [InlineData("GET", "/api/workloads/train")]
    [InlineData("DELETE", "/api/workloads/train")]
    [InlineData("POST", "/api/workloads/train/suspend")]
    [InlineData("POST", "/api/workloads/train/resume")]
    [InlineData("GET", "/api/workloads/train/explain")]
    [InlineData("POST", "/api/whatif")]
    [InlineData("POST", "/api/whatif/replay")]
    public async Task Nobody_unknown_sees_or_changes_anything(string method, string path)
    {
        await using var host = await StartAsync(open: false);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(host, method, path)).Status);
    }

    [Fact]
    public async Task A_project_has_its_queue_its_namespace_and_its_quota_in_one_call()
    {
        await using var host = await StartAsync();
        await OkAsync(host, "POST", "/api/shares", """{"name": "lab"}""");
        await OkAsync(
            host,
            "POST",
            "/api/shares",
            """{"name": "clearml", "parent": "lab", "queue": "runai-clearml", "terms": {"gpu": {"quota": 4}}}"""
        );
        var shares = await SharesAsync(host);
        var (lab, clearml) = (shares["lab"]!, shares["clearml"]!);
        Assert.True((bool)lab["is_department"]!);
        Assert.Equal("lab", (string?)clearml["parent"]);
        Assert.Equal("runai-clearml", (string?)clearml["queue"]);
        Assert.Equal("runai-clearml", (string?)clearml["namespace"]);
        Assert.Equal("""{"quota":4,"limit":-1,"weight":1}""", clearml["terms"]!["gpu"]!.ToJsonString());
    }

    [Fact]
    public async Task Terms_change_where_they_are_named_only()
    {
        await using var host = await StartAsync();
        await OkAsync(
            host,
            "POST",
            "/api/shares",
            """{"name": "team", "terms": {"gpu": {"quota": 4, "limit": 8}, "train_time_limit": 60}}"""
        );
        await OkAsync(
            host,
            "PATCH",
            "/api/shares/team",
            """{"gpu": {"quota": 2}, "train_time_limit": 0, "priority": 7}"""
        );
        var terms = (await SharesAsync(host))["team"]!["terms"]!;
        Assert.Equal("""{"quota":2,"limit":8,"weight":1}""", terms["gpu"]!.ToJsonString());
        Assert.Equal(7, (int?)terms["priority"]);
        Assert.Null(terms["train_time_limit"]);
    }

    [Fact]
    public async Task What_is_submitted_is_found_by_name_by_id_and_by_its_first_digits()
    {
        await using var host = await StartAsync();
        var made = await SubmitAsync(
            host,
            "train",
            """, "gpu_fraction": 0.5, "cpu_millicores": 500, "parallelism": 2"""
        );
        var id = (string)made["id"]!;
        foreach (var which in (string[])["train", id, id[..8]])
        {
            var found = await OkAsync(host, "GET", $"/api/workloads/{which}?project=default");
            Assert.Equal(id, (string?)found["id"]);
            Assert.Equal("pending", (string?)found["state"]);
            Assert.Equal("""{"gpus":1,"cpu_millicores":1000,"memory_bytes":0}""", found["wanted"]!.ToJsonString());
            Assert.Equal("Submitted", (string?)found["events"]![0]!["kind"]);
            Assert.Equal([0, 1], found["replicas"]!.AsArray().Select(replica => (int?)replica!["rank"]));
        }
    }

    [Fact]
    public async Task A_name_in_several_projects_must_say_which()
    {
        await using var host = await StartAsync();
        await OkAsync(host, "POST", "/api/shares", """{"name": "other"}""");
        await SubmitAsync(host, "train");
        await SubmitAsync(host, "train", project: "other");
        var (status, refusal) = await SendAsync(host, "GET", "/api/workloads/train");
        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Equal("workloads.ambiguous-workload", (string?)refusal["code"]);
        var found = await OkAsync(host, "GET", "/api/workloads/train?project=other");
        Assert.Equal("other", (string?)found["project"]);
    }

    [Fact]
    public async Task Lists_are_filtered_and_come_in_pages()
    {
        await using var host = await StartAsync();
        foreach (var name in (string[])["a", "b", "c"])
        {
            await SubmitAsync(host, name, kind: name == "b" ? "interactive" : "train");
        }

        await OkAsync(host, "POST", "/api/workloads/a/suspend");
        await OkAsync(host, "DELETE", "/api/workloads/c");
        Assert.Equal(["b"], await NamesAsync(host, "?kind=interactive"));
        Assert.Equal(["a"], await NamesAsync(host, "?state=suspended"));
        Assert.Equal(["b", "a"], await NamesAsync(host, "?live=true"));
        Assert.Equal(["b"], await NamesAsync(host, "?offset=1&limit=1"));
        Assert.Equal(3, (int?)(await OkAsync(host, "GET", "/api/workloads?limit=1"))["total"]);
        await OkAsync(host, "POST", "/api/workloads/a/resume");
        Assert.Empty(await NamesAsync(host, "?state=suspended"));
    }

    [Theory]
    [InlineData("POST", "/api/shares", """{"name": "Team"}""", HttpStatusCode.BadRequest)]
    [InlineData("POST", "/api/shares", """{"name": "default"}""", HttpStatusCode.Conflict)]
    [InlineData("POST", "/api/shares", """{"name": "a", "quotas": 1}""", HttpStatusCode.BadRequest)]
    [InlineData("POST", "/api/shares", "[]", HttpStatusCode.BadRequest)]
    [InlineData("PATCH", "/api/shares/default", """{"gpu": {"quota": -2}}""", HttpStatusCode.BadRequest)]
    [InlineData("PATCH", "/api/shares/none", "{}", HttpStatusCode.NotFound)]
    [InlineData("DELETE", "/api/shares/default", null, HttpStatusCode.Conflict)]
    [InlineData("POST", "/api/nodes/none/cordon", null, HttpStatusCode.NotFound)]
    [InlineData("GET", "/api/workloads/none", null, HttpStatusCode.NotFound)]
    [InlineData("GET", "/api/workloads?state=resting", null, HttpStatusCode.BadRequest)]
    [InlineData("POST", "/api/workloads", """{"name": "a"}""", HttpStatusCode.BadRequest)]
    [InlineData(
        "POST",
        "/api/workloads",
        """{"name": "a", "project": "default", "kind": "dream"}""",
        HttpStatusCode.BadRequest
    )]
    [InlineData(
        "POST",
        "/api/workloads",
        """{"name": "a", "project": "default", "kind": "train", "command": ["true"], "priority": "high"}""",
        HttpStatusCode.BadRequest
    )]
    public async Task What_cannot_be_is_refused(string method, string path, string? body, HttpStatusCode status)
    {
        await using var host = await StartAsync();
        var (refused, error) = await SendAsync(host, method, path, body);
        Assert.Equal(status, refused);
        Assert.NotEmpty((string)error["message"]!);
    }

    [Fact]
    public async Task A_question_that_is_too_long_or_is_a_form_is_refused()
    {
        await using var host = await StartAsync();
        var (status, _) = await SendAsync(host, "POST", "/api/workloads", $"\"{new string('x', 1 << 20)}\"");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        using var form = new FormUrlEncodedContent([new("name", "team")]);
        Assert.Equal(HttpStatusCode.BadRequest, (await host.Client.PostAsync("/api/shares", form)).StatusCode);
    }

    [Fact]
    public async Task Machines_are_listed_with_what_is_taken_and_cordoned()
    {
        await using var host = await StartAsync();
        var machine = new Machine
        {
            CpuMillicores = 4000,
            MemoryBytes = 1L << 33,
            Gpus = [new(0, "u", "A100", 40L << 30)],
        };
        await host.Rooms.Workloads.Desk.RegisterAsync(
            WebHost.Internal,
            "node-a",
            "agent",
            "epoch",
            0,
            machine,
            new HashSet<AttemptId>(),
            default
        );
        await OkAsync(host, "POST", "/api/nodes/node-a/cordon");
        var node = (await OkAsync(host, "GET", "/api/nodes"))["nodes"]![0]!;
        Assert.Equal("""{"gpus":1,"cpu_millicores":4000,"memory_bytes":8589934592}""", node["has"]!.ToJsonString());
        Assert.Equal((true, true), ((bool)node["is_cordoned"]!, (bool)node["is_alive"]!));
        await OkAsync(host, "POST", "/api/nodes/node-a/uncordon");
        Assert.False((bool)(await OkAsync(host, "GET", "/api/nodes"))["nodes"]![0]!["is_cordoned"]!);
        Assert.Equal(HttpStatusCode.Conflict, (await SendAsync(host, "DELETE", "/api/nodes/node-a")).Status);
    }

    [Fact]
    public async Task Why_work_waits_is_explained_and_what_would_help_is_tried_without_doing_it()
    {
        await using var host = await StartAsync();
        await host.Rooms.Workloads.Desk.RegisterAsync(
            WebHost.Internal,
            "node-a",
            "agent",
            "epoch",
            0,
            new Machine
            {
                CpuMillicores = 4000,
                MemoryBytes = 1L << 33,
                Gpus = [new(0, "u", "A100", 40L << 30)],
            },
            new HashSet<AttemptId>(),
            default
        );
        await SubmitAsync(host, "first", """, "gpus": 1""", kind: "interactive");
        await SubmitAsync(host, "second", """, "gpus": 1""", kind: "interactive");

        var explained = await OkAsync(host, "GET", "/api/workloads/second/explain");
        Assert.Equal("waits", (string?)explained["prospect"]);
        Assert.Equal("non-preemptible-over-quota", (string?)explained["reasons"]![0]!["code"]);
        Assert.Equal("first", (string?)explained["ahead"]![0]);
        Assert.Equal("default", (string?)explained["shares"]![0]!["name"]);
        Assert.Equal("Make the workload preemptible", (string?)explained["changes"]![0]);
        Assert.Equal("Unknown: no workload that runs says when it ends", (string?)explained["start_reason"]);

        var supposed = await OkAsync(host, "POST", "/api/whatif", """{"quotas": {"default": 1}}""");
        var change = Assert.Single(supposed["changes"]!.AsArray())!;
        Assert.Equal(
            ("first", "waits", "starts"),
            ((string?)change["name"], (string?)change["before"], (string?)change["after"])
        );
        Assert.Equal((0.0, 1.0), ((double)supposed["before"]![0]!["quota"]!, (double)supposed["after"]![0]!["quota"]!));
        Assert.Equal("waits", (string?)(await OkAsync(host, "GET", "/api/workloads/first/explain"))["prospect"]);

        await OkAsync(host, "DELETE", "/api/workloads/first");
        var (status, _) = await SendAsync(host, "GET", "/api/workloads/first/explain");
        Assert.Equal(HttpStatusCode.Conflict, status);
        (status, _) = await SendAsync(host, "POST", "/api/whatif", """{"quotas": {"none": 1}}""");
        Assert.Equal(HttpStatusCode.NotFound, status);
        (status, _) = await SendAsync(host, "POST", "/api/whatif", """{"weights": {"default": -1}}""");
        Assert.Equal(HttpStatusCode.BadRequest, status);
    }

    [Fact]
    public async Task What_would_have_become_of_the_past_is_told_with_what_is_taken_for_granted()
    {
        await using var host = await StartAsync();
        await SubmitAsync(host, "first", """, "gpus": 1""");
        var told = await OkAsync(
            host,
            "POST",
            "/api/whatif/replay",
            """{"since": 3600, "quotas": {"default": 1}, "limits": {"default": 2}}"""
        );
        foreach (var figures in new[] { "recorded", "replayed", "supposed" })
        {
            var share = Assert.Single(told[figures]!.AsArray())!;
            Assert.Equal(("default", 1, 0), ((string?)share["project"], (int)share["waited"]!, (int)share["started"]!));
        }

        Assert.NotEmpty(told["assumptions"]!.AsArray());
        Assert.Null((await OkAsync(host, "POST", "/api/whatif/replay", """{"since": 3600}"""))["supposed"]);
        foreach (var wrong in new[] { "{}", """{"since": -5}""", """{"since": 1e9}""", """{"since": 1, "more": 2}""" })
        {
            var (status, _) = await SendAsync(host, "POST", "/api/whatif/replay", wrong);
            Assert.Equal(HttpStatusCode.BadRequest, status);
        }
    }

    private static async Task<WebHost> StartAsync(bool open = true)
    {
        var host = await WebHost.StartAsync(open);
        await host.Rooms.Workloads.Shares.EnsureDefaultAsync(default);
        return host;
    }

    private static Task<JsonObject> SubmitAsync(
        WebHost host,
        string name,
        string more = "",
        string kind = "train",
        string project = "default"
    ) =>
        OkAsync(
            host,
            "POST",
            "/api/workloads",
            $$"""{"name": "{{name}}", "project": "{{project}}", "kind": "{{kind}}", "command": ["true"]{{more}}}"""
        );

    private static async Task<Dictionary<string, JsonNode?>> SharesAsync(WebHost host) =>
        (await OkAsync(host, "GET", "/api/shares"))["shares"]!.AsArray().ToDictionary(share => (string)share!["name"]!);

    private static async Task<IEnumerable<string?>> NamesAsync(WebHost host, string query) =>
        (await OkAsync(host, "GET", $"/api/workloads{query}"))["workloads"]!
            .AsArray()
            .Select(workload => (string?)workload!["name"]);

    private static async Task<JsonObject> OkAsync(WebHost host, string method, string path, string? body = null)
    {
        var (status, answer) = await SendAsync(host, method, path, body);
        Assert.True(status == HttpStatusCode.OK, answer.ToJsonString());
        return answer;
    }

    private static async Task<(HttpStatusCode Status, JsonObject Answer)> SendAsync(
        WebHost host,
        string method,
        string path,
        string? body = null
    )
    {
        using var request = new HttpRequestMessage(new(method), path);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await host.Client.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonObject>() ?? []);
    }
}
