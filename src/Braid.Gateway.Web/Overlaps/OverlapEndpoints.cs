using System.Globalization;
using System.Text.Json.Nodes;
using Braid.Access.Callers;
using Braid.Data;
using Braid.Data.Naming;
using Braid.Data.Overlaps;
using Braid.Gateway.Web.Login;
using Braid.Primitives;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.Overlaps;

/// <summary>
/// What repos are for, and what they have in common though they should not: <c>PUT /api/role?repo=R&amp;role=train</c>;
/// <c>GET /api/overlaps?repo=R&amp;commit=C&amp;wait=SECONDS</c>. A repo is written <c>project/name</c>.
/// </summary>
internal sealed class OverlapEndpoints(VersionedData data, BrowserSession session)
{
    private static readonly TimeSpan longestWait = TimeSpan.FromSeconds(30);

    public Task SetRoleAsync(HttpContext context) =>
        AnswerAsync(
            context,
            async (caller, repo) =>
                (await data.Overlaps.SetRoleAsync(caller, repo, Query(context, "role"), context.RequestAborted)).Select(
                    _ => new JsonObject()
                )
        );

    public Task ReportAsync(HttpContext context) =>
        AnswerAsync(
            context,
            async (caller, repo) =>
                CommitSpec.Parse(Query(context, "commit")).TryGet(out var commit, out var bad)
                    ? (
                        await data.Overlaps.ReportAsync(caller, repo, commit, WaitOf(context), context.RequestAborted)
                    ).Select(Write)
                    : bad
        );

    private async Task AnswerAsync(HttpContext context, Func<Caller, RepoName, Task<Result<JsonObject>>> answer)
    {
        var caller = await session.FindCallerAsync(context);
        await Answer.SendAsync(
            context,
            !caller.IsOk ? caller.Error
                : RepoName.Parse(Query(context, "repo")).TryGet(out var repo, out var bad)
                    ? await answer(caller.Value, repo)
                : bad
        );
    }

    private static string Query(HttpContext context, string name) => context.Request.Query[name].ToString();

    private static TimeSpan WaitOf(HttpContext context) =>
        double.TryParse(Query(context, "wait"), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
        && seconds > 0
            ? TimeSpan.FromSeconds(Math.Min(seconds, longestWait.TotalSeconds))
            : TimeSpan.Zero;

    private static JsonObject Write(OverlapReport report) =>
        new()
        {
            ["repo"] = $"{report.Commit.Repo}",
            ["commit"] = $"{report.Commit.Id}",
            ["role"] = report.Role,
            ["checked"] = report.IsChecked,
            ["waiting"] = report.IsWaiting,
            ["count"] = report.Count,
            ["pairs"] = Answer.List(
                report.Pairs,
                pair => new JsonObject
                {
                    ["path"] = pair.Path,
                    ["bytes"] = pair.Size,
                    ["other_repo"] = $"{pair.Other.Repo}",
                    ["other_commit"] = $"{pair.Other.Id}",
                    ["other_role"] = pair.OtherRole,
                    ["other_path"] = pair.OtherPath,
                }
            ),
        };
}
