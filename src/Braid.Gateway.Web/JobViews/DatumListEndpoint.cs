using System.Globalization;
using System.Text.Json.Nodes;
using Braid.Access.Callers;
using Braid.Gateway.Web.Login;
using Braid.Gateway.Web.PipelineViews;
using Braid.Pipelines;
using Braid.Pipelines.Datums;
using Braid.Primitives;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.JobViews;

/// <summary>
/// <c>GET /api/pipelines/PROJECT/NAME/jobs/ID/datums?state=&amp;limit=&amp;after=</c>: datums of a job in the order of their ids, of the states
/// that are asked for (several; none: all), each with its verdict and the reason for it.
/// </summary>
internal sealed class DatumListEndpoint(PipelinesHost pipelines, BrowserSession session)
{
    private const int mostDatums = 2000;

    public Task AnswerAsync(HttpContext context) =>
        PipelineAnswer.SendAsync(
            session,
            context,
            async (caller, pipeline, ct) =>
                QueryOf(context.Request).TryGet(out var query, out var wrong)
                    ? await ListAsync(context, caller, pipeline, query, ct)
                    : wrong
        );

    private async Task<Result<JsonObject>> ListAsync(
        HttpContext context,
        Caller caller,
        PipelineRef pipeline,
        DatumQuery query,
        CancellationToken ct
    )
    {
        var limit = LimitOf(context.Request);
        var found = await pipelines.Datums.ListAsync(caller, pipeline, PipelineAnswer.Word(context, "job"), query, ct);
        if (!found.TryGet(out var datums, out var error))
        {
            return error;
        }

        var page = await datums.Take(limit + 1).ToListAsync(ct);
        return new JsonObject
        {
            ["datums"] = Answer.List(page.Take(limit), DatumJson.Summary),
            ["next"] = page.Count > limit ? page[limit - 1].Id : null,
        };
    }

    private static Result<DatumQuery> QueryOf(HttpRequest request)
    {
        var states = new List<DatumState>();
        foreach (var word in request.Query["state"])
        {
            if (
                word is null
                || !word.All(char.IsAsciiLetterLower)
                || !Enum.TryParse<DatumState>(word, true, out var state)
            )
            {
                return Wrong($"'{word}' is no state of a datum");
            }

            states.Add(state);
        }

        var after = request.Query["after"].ToString();
        return after.Length == 0 ? new DatumQuery { States = states }
            : Sha256Hash.TryParse(after, out var hash) ? new DatumQuery { States = states, After = hash }
            : Wrong($"'{after}' is no datum's id");
    }

    private static int LimitOf(HttpRequest request) =>
        int.TryParse(request.Query["limit"], NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
            ? Math.Clamp(limit, 1, mostDatums)
            : mostDatums;

    private static Error Wrong(string why) => new(ErrorKind.InvalidArgument, "web.bad-datum-query", why);
}
