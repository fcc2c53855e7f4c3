using System.Globalization;
using System.Text.Json.Nodes;
using Braid.Access.Audit;
using Braid.Gateway.Web.Login;
using Braid.Primitives;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.AuditLists;

/// <summary>
/// <c>GET /api/audit</c>, for administrators: who changed what, the newest first. <c>user</c>, <c>action</c> (one, or what a group of
/// them begins with), <c>target</c> (a part of it), <c>refused</c>, <c>since</c> and <c>until</c> (ISO 8601) narrow it;
/// <c>limit</c> and <c>before</c>, which is the <c>next</c> of the page before, choose the page.
/// </summary>
internal sealed class AuditEndpoint(WebRooms rooms, BrowserSession session)
{
    private const int usualLines = 100;

    public Task AnswerAsync(HttpContext context) =>
        new CallerAnswer(session).SendAsync(
            context,
            async (caller, ct) =>
                Read(context.Request.Query).TryGet(out var query, out var wrong)
                    ? (await rooms.Audit.ListAsync(caller, query, ct)).Select(Write)
                    : wrong
        );

    private static Result<AuditQuery> Read(IQueryCollection query)
    {
        var (since, until) = (Time(query["since"]), Time(query["until"]));
        return (since.Error ?? until.Error) is { } wrong
            ? wrong
            : new AuditQuery
            {
                User = Text(query["user"]),
                Action = Text(query["action"]),
                Target = Text(query["target"]),
                IsRefused = query.ContainsKey("refused"),
                Since = since.Value,
                Until = until.Value,
                Before = Number(query["before"]),
                Limit = (int)(Number(query["limit"]) is { } limit ? Math.Min(limit, AuditQuery.MostLines) : usualLines),
            };
    }

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static long? Number(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static Result<DateTimeOffset?> Time(string? text) =>
        Text(text) is not { } given ? (DateTimeOffset?)null
        : DateTimeOffset.TryParse(given, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? (DateTimeOffset?)at
        : new Error(ErrorKind.InvalidArgument, "web.bad-time", $"'{given}' is no time: write it as 2026-01-31T09:00Z");

    private static JsonObject Write(AuditPage page) =>
        new()
        {
            ["entries"] = Answer.List(page.Entries, Write),
            ["next"] = page.More ? $"{page.Entries[^1].Number}" : null,
        };

    private static JsonObject Write(AuditEntry entry) =>
        new()
        {
            ["number"] = entry.Number,
            ["at"] = entry.At,
            ["user"] = entry.UserName,
            ["door"] = entry.Door,
            ["address"] = entry.Address,
            ["action"] = entry.Action,
            ["target"] = entry.Target,
            ["details"] = entry.Details,
            ["outcome"] = entry.Outcome,
        };
}
