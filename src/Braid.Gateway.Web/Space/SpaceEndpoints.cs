using System.Globalization;
using System.Text.Json.Nodes;
using Braid.Access.Callers;
using Braid.Data.Integrity;
using Braid.Gateway.Web.Login;
using Braid.Primitives;
using Braid.Storage.Sweeping;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.Space;

/// <summary>
/// Reclaiming space, for administrators: <c>POST /api/gc/plan</c> says what would be freed, <c>POST /api/gc/apply/PLAN</c> has
/// it done, <c>GET /api/gc</c> says how that stands.
/// </summary>
internal sealed class SpaceEndpoints(Reclaiming reclaiming, BrowserSession session)
{
    public Task StateAsync(HttpContext context) =>
        AnswerAsync(context, (caller, _) => Task.FromResult(reclaiming.Look(caller).Select(Write)));

    public Task PlanAsync(HttpContext context) =>
        AnswerAsync(context, async (caller, ct) => (await reclaiming.PlanAsync(caller, ct)).Select(Write));

    public Task ApplyAsync(HttpContext context) =>
        AnswerAsync(
            context,
            async (caller, ct) =>
                PlanOf(context).TryGet(out var plan, out var bad)
                    ? (await reclaiming.ApplyAsync(caller, plan, ct)).Select(Write)
                    : bad
        );

    private Task AnswerAsync(HttpContext context, Func<Caller, CancellationToken, Task<Result<JsonObject>>> answer) =>
        new CallerAnswer(session).SendAsync(context, answer);

    private static Result<Hex32> PlanOf(HttpContext context)
    {
        var text = (string?)context.Request.RouteValues["plan"];
        return Hex32.TryParse(text, out var id)
            ? id
            : new Error(
                ErrorKind.NotFound,
                "web.no-such-plan",
                $"there is no plan '{text}': a plan's id is 32 hex digits, as 'braid gc --plan' prints it"
            );
    }

    private static JsonObject Write(SweepPlan plan) =>
        new()
        {
            ["plan"] = plan.Id.ToString(),
            ["made"] = Time(plan.Made),
            ["stored_bytes"] = plan.StoredBytes,
            ["packs"] = plan.Packs,
            ["freed_bytes"] = plan.FreedBytes,
            ["deleted_packs"] = plan.DeletedPacks,
            ["rewritten_packs"] = plan.RewrittenPacks,
            ["spare_bytes"] = plan.SpareBytes,
            ["held"] = Answer.List(
                plan.Held,
                share => new JsonObject
                {
                    ["kind"] = share.Kind,
                    ["group"] = share.Group,
                    ["references"] = share.References,
                    ["bytes"] = share.Bytes,
                }
            ),
        };

    private static JsonObject Write(SweepState state) =>
        new()
        {
            ["phase"] = state.Phase.ToString().ToLowerInvariant(),
            ["since"] = Time(state.Since),
            ["oldest_writer"] = state.OldestWriter is { } writer ? Time(writer) : null,
            ["applied"] = state.Applied?.ToString(),
            ["ended"] = state.LastEnded is { } ended ? Time(ended) : null,
            ["failure"] = state.LastFailure,
            ["freed_bytes"] = state.LastOutcome?.FreedBytes,
            ["deleted_packs"] = state.LastOutcome?.DeletedPacks,
            ["rewritten_packs"] = state.LastOutcome?.RewrittenPacks,
            ["continues"] = state.LastOutcome?.ContinuesAt is { } later ? Time(later) : null,
        };

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
}
