using System.Text;
using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Tests.Events;
using Braid.Gateway.ClearML.Tests.Hosting;

namespace Braid.Gateway.ClearML.Tests.Organization;

public sealed class DownloadTests
{
    [Fact]
    public async Task What_a_list_shows_is_downloaded_as_a_file_with_the_columns_that_are_asked_for()
    {
        await using var host = await ClearMLHost.StartAsync();
        var project = await host.Api.CreateProjectAsync("lab");
        var task = await host.Api.CreateTaskAsync(
            """quoted \"a\", b""",
            $$""","project":"{{project}}","tags":["y","x"],"hyperparams":{"Args":{"l.r":{"value":"0.1"} } }"""
        );
        await host.Api.CreateTaskAsync("another", ""","tags":["other"]""");
        await EventLines.AddAsync(host, EventLines.Scalar(task, "loss", "train", 0, "-2.5"));
        var (loss, train) = (ClearML.Tasks.LastMetrics.Key("loss"), ClearML.Tasks.LastMetrics.Key("train"));

        var file = await DownloadAsync(
            host,
            $$"""
            {"entity_type":"task","tags":["x"],
             "only_fields":["name","status","tags","project.name","hyperparams.Args.l%2Er.value","last_metrics.{{loss}}.{{train}}.value","started"],
             "field_mappings":[
              {"field":"name","name":"Name"},
              {"field":"status","name":"Status","values":[{"key":"created","value":"Draft"}]},
              {"field":"tags","name":"Tags"},
              {"field":"project.name","name":"Project"},
              {"field":"hyperparams.Args.l%2Er.value","name":"lr"},
              {"field":"last_metrics.{{loss}}.{{train}}.value","name":"loss, train"},
              {"field":"started"}]}
            """
        );

        Assert.Equal(
            "Name,Status,Tags,Project,lr,\"loss, train\",started\r\n\"quoted \"\"a\"\", b\",Draft,\"x, y\",lab,0.1,-2.5,\r\n",
            file
        );
    }

    [Fact]
    public async Task A_file_has_all_there_is_and_models_are_downloaded_too()
    {
        await using var host = await ClearMLHost.StartAsync();
        for (var i = 0; i < 501; i++)
        {
            await host.Api.IdAsync("models.create", $$"""{"name":"model {{i}}","uri":"http://x/{{i}}"}""");
        }

        var file = await DownloadAsync(
            host,
            """{"entity_type":"model","only_fields":["name"],"field_mappings":[{"field":"name"}],"scroll_id":"","size":2,"page":7}"""
        );

        var names = file.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(502, names.Distinct().Count());
        Assert.Equal("name", names[0]);
    }

    [Fact]
    public async Task A_name_that_a_sheet_would_run_is_a_text()
    {
        await using var host = await ClearMLHost.StartAsync();
        await host.Api.CreateTaskAsync("=HYPERLINK(1)");
        await host.Api.CreateTaskAsync("-5.5");

        var file = await DownloadAsync(
            host,
            """{"entity_type":"task","order_by":["name"],"only_fields":["name"],"field_mappings":[{"field":"name"}]}"""
        );

        Assert.Equal("name\r\n-5.5\r\n'=HYPERLINK(1)\r\n", file);
    }

    [Theory]
    [InlineData("""{"entity_type":"queue","only_fields":["name"],"field_mappings":[{"field":"name"}]}""", 12)]
    [InlineData("""{"entity_type":"task","field_mappings":[{"field":"name"}]}""", 11)]
    [InlineData("""{"entity_type":"task","only_fields":["name"]}""", 11)]
    [InlineData("""{"entity_type":"task","only_fields":["name"],"field_mappings":[{"name":"x"}]}""", 11)]
    [InlineData("""{"entity_type":"task","only_fields":["nonsense"],"field_mappings":[{"field":"name"}]}""", 14)]
    public async Task A_file_that_cannot_be_made_is_refused_before_it_is_fetched(string request, int subcode)
    {
        await using var host = await ClearMLHost.StartAsync();

        var reply = await host.Api.CallAsync("organization.prepare_download_for_get_all", request, "2.34");

        Assert.Equal((400, subcode), (reply.Code, reply.Subcode));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("")]
    [InlineData("////")]
    [InlineData("CwGAeyJhIjoxfQM")]
    public async Task An_id_that_was_never_given_is_refused(string id)
    {
        await using var host = await ClearMLHost.StartAsync();

        var reply = await host.Api.CallAsync(
            "organization.download_for_get_all",
            $$"""{"prepare_id":"{{id}}"}""",
            "2.34"
        );

        Assert.Equal(400, reply.Code);
    }

    [Fact]
    public async Task A_request_that_fits_into_no_address_is_refused_with_the_reason()
    {
        await using var host = await ClearMLHost.StartAsync();
        var random = new Random(1);
        var names = string.Join(',', Enumerable.Range(0, 2000).Select(_ => $"\"{random.NextInt64():x}\""));

        var reply = await host.Api.CallAsync(
            "organization.prepare_download_for_get_all",
            $$"""{"entity_type":"task","tags":[{{names}}],"only_fields":["name"],"field_mappings":[{"field":"name"}]}""",
            "2.34"
        );

        Assert.Equal(400, reply.Code);
        Assert.Contains("6000", reply.Message, StringComparison.Ordinal);
    }

    /// <summary>As a browser does it: the id is in the address.</summary>
    private static async Task<string> DownloadAsync(ClearMLHost host, string request)
    {
        var prepared = await host.Api.DataAsync("organization.prepare_download_for_get_all", request, "2.34");
        var id = prepared["prepare_id"]!.GetValue<string>();
        using var http = new HttpClient { BaseAddress = host.Api.Address };
        using var response = await http.GetAsync($"/v2.34/organization.download_for_get_all?prepare_id={id}");
        Assert.Equal("text/csv", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("attachment", response.Content.Headers.ContentDisposition?.DispositionType);
        return await response.Content.ReadAsStringAsync();
    }
}
