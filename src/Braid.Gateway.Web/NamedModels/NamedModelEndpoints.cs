using System.Globalization;
using System.Text.Json.Nodes;
using Braid.Access.Callers;
using Braid.Gateway.Web.Login;
using Braid.Gateway.Web.ModelLists;
using Braid.Primitives;
using Braid.Tracking.Filters;
using Braid.Tracking.Models;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.NamedModels;

/// <summary>
/// The registry: <c>GET /api/registry?q=&amp;limit=&amp;page=</c> lists names, the one that changed last first; <c>GET
/// /api/registry/model?name=N</c> shows one with its versions, <c>PATCH</c> describes and tags it; <c>PUT /api/registry/alias?name=N</c>
/// points an alias at a version, <c>DELETE ...&amp;alias=A</c> removes it. Names have slashes, so they are no part of a path.
/// </summary>
internal sealed class NamedModelEndpoints(WebRooms rooms, BrowserSession session)
{
    private const int mostNames = 200;
    private const int mostVersions = 1000;

    private readonly CallerAnswer answer = new(session);

    public Task ListAsync(HttpContext context) =>
        answer.SendAsync(
            context,
            async (caller, ct) =>
            {
                var (offset, limit) = (
                    Number(context, "page", 0, int.MaxValue),
                    Number(context, "limit", 100, mostNames)
                );
                var query = new NamedModelQuery
                {
                    Where = Search(context.Request.Query["q"].ToString().Trim()),
                    OrderBy = [new Order(NamedModelFields.LastUpdate, Descending: true)],
                    Offset = offset,
                    Limit = Math.Max(1, limit),
                };
                var found = await rooms.Registry.QueryAsync(caller, query, ct);
                return found.Select(page => new JsonObject
                {
                    ["models"] = Answer.List(page.Items, NamedModelJson.Write),
                    ["next"] = page.More ? $"{offset + limit}" : null,
                });
            }
        );

    public Task GetAsync(HttpContext context) =>
        answer.SendAsync(context, (caller, ct) => ShowAsync(caller, NameOf(context), ct));

    public Task ChangeAsync(HttpContext context) =>
        answer.SendAsync(
            context,
            async (caller, ct) =>
            {
                var body = await JsonBody.ReadAsync(context.Request, NamedModelBodies.Default.NamedModelBody);
                if (!body.TryGet(out var asked, out var wrong))
                {
                    return wrong;
                }

                var change = new NamedModelChange
                {
                    Description = asked.Description,
                    SetTags = NamedModelBodies.Tags(asked.SetTags),
                    RemoveTags = asked.RemoveTags ?? [],
                };
                return (await rooms.Registry.UpdateAsync(caller, NameOf(context), change, ct)).Select(
                    NamedModelJson.Write
                );
            }
        );

    public Task SetAliasAsync(HttpContext context) =>
        answer.SendAsync(
            context,
            async (caller, ct) =>
            {
                var body = await JsonBody.ReadAsync(context.Request, NamedModelBodies.Default.AliasBody);
                if (!body.TryGet(out var asked, out var wrong))
                {
                    return wrong;
                }

                if (!AliasNames.IsName(asked.Alias))
                {
                    return AliasNames.Refuse(asked.Alias);
                }

                var set = await rooms.Registry.SetAliasAsync(caller, NameOf(context), asked.Alias, asked.Version, ct);
                return set.Select(_ => new JsonObject());
            }
        );

    public Task RemoveAliasAsync(HttpContext context) =>
        answer.SendAsync(
            context,
            async (caller, ct) =>
                (
                    await rooms.Registry.RemoveAliasAsync(
                        caller,
                        NameOf(context),
                        context.Request.Query["alias"].ToString(),
                        ct
                    )
                ).Select(_ => new JsonObject())
        );

    private static string NameOf(HttpContext context) => context.Request.Query["name"].ToString();

    private static Filter Search(string text) =>
        text.Length == 0 ? Filter.Everything : new Filter.Compare(NamedModelFields.Name, Comparison.ILike, $"%{text}%");

    private static int Number(HttpContext context, string name, int usual, int most) =>
        int.TryParse(context.Request.Query[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? Math.Clamp(number, 0, most)
            : usual;

    private async Task<Result<JsonObject>> ShowAsync(Caller caller, string name, CancellationToken ct)
    {
        var model = await rooms.Registry.GetAsync(caller, name, ct);
        if (!model.TryGet(out var found, out var unknown))
        {
            return unknown;
        }

        var query = new ModelQuery
        {
            Where = new Filter.Compare(ModelFields.RegisteredName, Comparison.Equal, name),
            OrderBy = [new Order(ModelFields.Version, Descending: true)],
            Limit = mostVersions,
        };
        var versions = await rooms.Models.QueryAsync(caller, query, ct);
        return versions.Select(page =>
        {
            var written = NamedModelJson.Write(found);
            written["versions"] = Answer.List(page.Items, ModelJson.Write);
            return written;
        });
    }
}
