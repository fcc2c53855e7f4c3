using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Tests.Hosting;

namespace Braid.Gateway.ClearML.Tests.Files;

public sealed class FileServerTests
{
    private const string path = "Group A/demo.0123456789abcdef0123456789abcdef/artifacts/täst/a b.json";

    [Fact]
    public async Task A_file_is_stored_under_the_name_of_its_part()
    {
        await using var host = await ClearMLHost.StartAsync();

        var reply = await UploadAsync(host, path, "{\"a\":1}");

        Assert.Equal(path, JsonNode.Parse(reply)![0]!.GetValue<string>());
        using var response = await host.Files.GetAsync(Escaped(path));
        Assert.Equal("{\"a\":1}", await response.Content.ReadAsStringAsync());
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        Assert.NotNull(response.Headers.ETag);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
    }

    [Fact]
    public async Task A_range_a_head_and_an_unchanged_etag_cost_what_they_ask_for()
    {
        await using var host = await ClearMLHost.StartAsync();
        await UploadAsync(host, "f.bin", "0123456789");
        using var range = new HttpRequestMessage(HttpMethod.Get, "/f.bin");
        range.Headers.Range = new RangeHeaderValue(2, 4);
        using var head = new HttpRequestMessage(HttpMethod.Head, "/f.bin");

        using var part = await host.Files.SendAsync(range);
        using var size = await host.Files.SendAsync(head);
        using var same = new HttpRequestMessage(HttpMethod.Get, "/f.bin");
        same.Headers.IfNoneMatch.Add(size.Headers.ETag!);
        using var unchanged = await host.Files.SendAsync(same);

        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal("234", await part.Content.ReadAsStringAsync());
        Assert.Equal(10, size.Content.Headers.ContentLength);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
    }

    [Fact]
    public async Task A_file_larger_than_any_limit_of_the_host_is_streamed()
    {
        await using var host = await ClearMLHost.StartAsync();
        var content = new byte[40 << 20];
        new Random(1).NextBytes(content);
        using var form = new MultipartFormDataContent();
        form.Add(new ByteArrayContent(content), "big.gz", "big.gz");

        using var stored = await host.Files.PostAsync("/", form);
        using var response = await host.Files.GetAsync("/big.gz?download");

        Assert.Equal(HttpStatusCode.OK, stored.StatusCode);
        Assert.Equal(content, await response.Content.ReadAsByteArrayAsync());
        Assert.Equal("application/octet-stream", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("attachment", response.Content.Headers.ContentDisposition?.DispositionType);
    }

    [Fact]
    public async Task Files_and_folders_are_deleted()
    {
        await using var host = await ClearMLHost.StartAsync();
        await UploadAsync(host, path, "x");
        await UploadAsync(host, "d/1", "x");
        await UploadAsync(host, "d/2", "x");

        using var deleted = await host.Files.DeleteAsync(Escaped(path));
        using var again = await host.Files.DeleteAsync(Escaped(path));
        using var many = await host.Files.PostAsync("/delete_many", new StringContent("""{"files":["d","","none"]}"""));

        Assert.Equal(path, JsonNode.Parse(await deleted.Content.ReadAsStringAsync())!.GetValue<string>());
        Assert.Equal(HttpStatusCode.OK, again.StatusCode); // gone with its task, as far as the client knows
        var reply = JsonNode.Parse(await many.Content.ReadAsStringAsync())!;
        Assert.Equal("""{"d":"d"}""", reply["deleted"]!.ToJsonString());
        Assert.Equal(2, reply["errors"]!.AsObject().Count);
        using var gone = await host.Files.GetAsync("/d/1");
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Theory]
    [InlineData("GET", "/", 200)]
    [InlineData("HEAD", "/", 200)]
    [InlineData("GET", "/none", 404)]
    [InlineData("GET", "/a/%2e%2e/%2e%2e/etc/passwd", 404)]
    [InlineData("GET", "/..%2f..%2fetc/passwd", 404)]
    [InlineData("PATCH", "/x", 400)]
    [InlineData("POST", "/", 400)]
    public async Task Every_request_is_answered_without_a_server_error(string verb, string target, int status)
    {
        await using var host = await ClearMLHost.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(verb), target);

        using var response = await host.Files.SendAsync(request);

        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task Only_a_token_opens_a_server_that_is_not_open()
    {
        await using var host = await ClearMLHost.StartAsync(open: false);
        var token = host.Rooms.Access.IssueToken("ADMINKEY", TimeSpan.FromDays(1), new Dictionary<string, object>());

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(host, null));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(host, "Bearer wrong"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(host, "Basic QURNSU5LRVk6YWRtaW4tc2VjcmV0"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(host, $"Bearer {token}"));
    }

    [Fact]
    public async Task A_form_that_is_cut_is_the_clients_mistake_and_a_full_disk_is_not()
    {
        await using var host = await ClearMLHost.StartAsync();
        using var cut = new StringContent("--b\r\nContent-Disposition: form-data; name=\"f\"\r\n\r\nhalf of it");
        cut.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b");
        using var refused = await host.Files.PostAsync("/", cut);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);

        await host.Database.WriteAsync(db => db.ExecuteAsync("PRAGMA max_page_count = 1"), default);
        var status = HttpStatusCode.OK;
        for (var i = 0; i < 2000 && status == HttpStatusCode.OK; i++)
        {
            using var form = new MultipartFormDataContent();
            form.Add(new StringContent($"{i}"), $"f{i}", $"f{i}");
            using var response = await host.Files.PostAsync("/", form);
            status = response.StatusCode;
        }

        Assert.Equal(HttpStatusCode.InsufficientStorage, status);
        host.ExpectError();
    }

    private static async Task<HttpStatusCode> StatusAsync(ClearMLHost host, string? authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/none");
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        using var response = await host.Files.SendAsync(request);
        return response.StatusCode;
    }

    private static string Escaped(string path) => "/" + string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    private static async Task<string> UploadAsync(ClearMLHost host, string path, string content)
    {
        using var form = new MultipartFormDataContent();
        form.Add(new StringContent(content), $"\"{path}\"", path);
        using var response = await host.Files.PostAsync("/", form);
        var reply = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, reply);
        return reply;
    }
}
