using System.Text;
using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Models;
using Braid.Gateway.ClearML.Requests;
using Braid.Gateway.ClearML.Routing;
using Braid.Gateway.ClearML.Tasks;
using Braid.Primitives;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.ClearML.Organization.Downloads;

/// <summary>
/// <c>organization.prepare_download_for_get_all</c> and <c>download_for_get_all</c>: all that <c>get_all_ex</c> of tasks or models
/// would list, as a CSV file. The file is written page by page as it is read; the reply has no envelope.
/// </summary>
internal static class DownloadEntities
{
    private const int pageSize = 500;

    public static async Task<Result<JsonObject>> PrepareAsync(ApiCall call, CancellationToken ct)
    {
        var request = call.Fields.Json.DeepClone().AsObject();
        var first = await ReadPageAsync(call, request, 0, ct);
        return first.Then(_ => PreparedDownload.ToId(request)).Select(id => new JsonObject { ["prepare_id"] = id });
    }

    public static async Task<Result<JsonObject>> DownloadAsync(ApiCall call, CancellationToken ct)
    {
        var id = call.Fields.RequiredText("prepare_id");
        if (call.Fields.Problem is { } problem)
        {
            return problem;
        }

        if (!PreparedDownload.FromId(id).TryGet(out var request, out var unknown))
        {
            return unknown;
        }

        var first = await ReadPageAsync(call, request, 0, ct);
        if (!first.TryGet(out var page, out var error))
        {
            return error;
        }

        await WriteAsync(call, request, page, ct);
        return new JsonObject();
    }

    private static async Task WriteAsync(ApiCall call, JsonObject request, DownloadPage first, CancellationToken ct)
    {
        await StartAsync(call.Http.Response, first.Kind, ct);
        await using var file = new StreamWriter(call.Http.Response.Body, new UTF8Encoding(false));
        await file.WriteAsync(CsvLine.Of(first.Columns.Select(column => column.Name)));
        for (var (page, number) = (first, 0); page.Items.Count > 0; number++)
        {
            foreach (var item in page.Items)
            {
                await file.WriteAsync(CsvLine.Of(page.Columns.Select(column => column.ValueIn(item))));
            }

            var next = await ReadPageAsync(call, request, number + 1, ct);
            page = next.IsOk ? next.Value : throw new InvalidOperationException($"page {number + 1}: {next.Error}");
        }
    }

    private static Task StartAsync(HttpResponse response, string kind, CancellationToken ct)
    {
        response.ContentType = "text/csv; charset=utf-8";
        response.Headers.ContentDisposition = $"attachment; filename={kind}s.csv";
        response.Headers.CacheControl = "no-store";
        return response.StartAsync(ct);
    }

    private static async Task<Result<DownloadPage>> ReadPageAsync(
        ApiCall call,
        JsonObject request,
        int page,
        CancellationToken ct
    )
    {
        var fields = new Fields(request);
        var kind = fields.RequiredText("entity_type");
        var columns = DownloadColumn.ReadAll(fields);
        if (!fields.Has("only_fields"))
        {
            fields.Refuse(Errors.MissingField("only_fields"));
        }

        if (Lister(kind) is not { } list)
        {
            fields.Refuse(Errors.InvalidField("entity_type", "task or model"));
            return fields.Problem!; // just refused
        }

        if (fields.Problem is { } problem)
        {
            return problem;
        }

        var listed = await list(call.With(OfPage(request, page)), ct);
        return listed.Select(data => new DownloadPage(
            kind,
            columns,
            [.. data[$"{kind}s"]!.AsArray().Select(item => item!.AsObject())]
        ));
    }

    /// <summary>By pages, even if the list that the client looks at is one that it scrolls through.</summary>
    private static JsonObject OfPage(JsonObject request, int page)
    {
        var json = request.DeepClone().AsObject();
        json.Remove("scroll_id");
        json.Remove("size");
        (json["page"], json["page_size"]) = (page, pageSize);
        return json;
    }

    private static EndpointHandler? Lister(string kind) =>
        kind switch
        {
            "task" => ListTasks.WithNamesAsync,
            "model" => ListModels.WithNamesAsync,
            _ => null,
        };

    private sealed record DownloadPage(
        string Kind,
        IReadOnlyList<DownloadColumn> Columns,
        IReadOnlyList<JsonObject> Items
    );
}
