using System.Globalization;
using System.Text.Json.Nodes;
using Braid.Access.Callers;
using Braid.Gateway.Web.Login;
using Braid.Gateway.Web.Runs.Listing;
using Braid.Primitives;
using Braid.Tracking.Filters;
using Braid.Tracking.Models;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.ModelLists;

/// <summary><c>GET /api/models?q=&amp;limit=N&amp;page=</c>: models, registered or not, the newest first.</summary>
internal sealed class ModelListEndpoint(WebRooms rooms, BrowserSession session)
{
    private const int mostModels = 100;

    public Task AnswerAsync(HttpContext context) =>
        new CallerAnswer(session).SendAsync(
            context,
            (caller, ct) =>
                ListAsync(
                    caller,
                    context.Request.Query["q"].ToString().Trim(),
                    Number(context, "page", 0, int.MaxValue),
                    Math.Max(1, Number(context, "limit", mostModels, mostModels)),
                    ct
                )
        );

    /// <summary>By the beginning of an id, by a part of a name, by a label.</summary>
    public static Filter Search(string text) =>
        text.Length == 0
            ? Filter.Everything
            : new Filter.Any([
                .. RunTable.IdBeginsWith(ModelFields.Id, text),
                new Filter.Compare(ModelFields.Name, Comparison.ILike, $"%{text}%"),
                new Filter.Compare(ModelFields.RegisteredName, Comparison.ILike, $"%{text}%"),
                new Filter.HasLabel(text),
            ]);

    private static int Number(HttpContext context, string name, int usual, int most) =>
        int.TryParse(context.Request.Query[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? Math.Clamp(number, 0, most)
            : usual;

    private async Task<Result<JsonObject>> ListAsync(
        Caller caller,
        string text,
        int offset,
        int limit,
        CancellationToken ct
    )
    {
        var query = new ModelQuery
        {
            Where = Search(text),
            OrderBy = [new Order(ModelFields.Created, Descending: true)],
            Offset = offset,
            Limit = limit,
        };
        var models = await rooms.Models.QueryAsync(caller, query, ct);
        return models.Select(page => new JsonObject
        {
            ["models"] = Answer.List(page.Items, ModelJson.Write),
            ["next"] = page.More ? $"{offset + limit}" : null,
        });
    }
}
