using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Braid.Access.Callers;
using Braid.Agent.Protocol;
using Braid.Gateway.Web.Login;
using Braid.Primitives;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.Agents;

/// <summary>
/// Where agents on other machines come: <c>POST /api/agent/{register,ask,report,lines,usage}</c>, each with its message of
/// <see cref="AgentJson"/>, and <c>PUT /api/agent/{events,files}</c> with the bytes of a file that an attempt left. They come with an administrator's key pair.
/// </summary>
internal sealed class AgentEndpoints(WebRooms rooms, BrowserSession session)
{
    public Task RegisterAsync(HttpContext context) =>
        AnswerAsync(
            context,
            AgentJson.Default.NodeRegistration,
            AgentJson.Default.NodeReportAnswer,
            async (server, registration, ct) =>
                (await server.RegisterAsync(registration, ct)).Select(_ => new NodeReportAnswer([]))
        );

    public Task AskAsync(HttpContext context) =>
        AnswerAsync(
            context,
            AgentJson.Default.NodeQuestion,
            AgentJson.Default.NodeOrders,
            (server, question, ct) => server.AskAsync(question, ct)
        );

    public Task ReportAsync(HttpContext context) =>
        AnswerAsync(
            context,
            AgentJson.Default.NodeReport,
            AgentJson.Default.NodeReportAnswer,
            (server, report, ct) => server.ReportAsync(report, ct)
        );

    public Task AppendAsync(HttpContext context) =>
        AnswerAsync(
            context,
            AgentJson.Default.NodeLines,
            AgentJson.Default.NodeLinesAnswer,
            (server, lines, ct) => server.AppendAsync(lines, ct)
        );

    public Task MeasureAsync(HttpContext context) =>
        AnswerAsync(
            context,
            AgentJson.Default.NodeUsage,
            AgentJson.Default.NodeUsageAnswer,
            (server, usage, ct) => server.MeasureAsync(usage, ct)
        );

    public Task SendEventsAsync(HttpContext context) =>
        TakeAsync(
            context,
            AgentJson.Default.NodeEventsAnswer,
            (server, file, bytes, ct) =>
                OffsetOf(context).TryGet(out var offset, out var bad)
                    ? server.SendEventsAsync(file, offset, bytes, ct)
                    : Task.FromResult<Result<NodeEventsAnswer>>(bad)
        );

    public Task SendFileAsync(HttpContext context) =>
        TakeAsync(
            context,
            AgentJson.Default.NodeFileAnswer,
            (server, file, bytes, ct) => server.SendFileAsync(file, bytes, ct)
        );

    /// <summary>A request whose body is a file.</summary>
    private async Task TakeAsync<TAnswer>(
        HttpContext context,
        JsonTypeInfo<TAnswer> answer,
        Func<DeskNodeServer, NodeOutput, Stream, CancellationToken, Task<Result<TAnswer>>> take
    )
    {
        LargeBody.Expect(context);
        if (!(await session.FindCallerAsync(context)).TryGet(out var caller, out var error))
        {
            await Answer.SendAsync(context, error);
            return;
        }

        if (!OutputOf(context).TryGet(out var file, out error))
        {
            await Answer.SendAsync(context, error);
            return;
        }

        var taken = await take(ServerFor(caller), file, context.Request.Body, context.RequestAborted);
        await SendAsync(context, taken, answer);
    }

    private DeskNodeServer ServerFor(Caller caller) =>
        new(rooms.Workloads.Desk, caller, rooms.Outputs(), rooms.ProgramVariables);

    private static async Task SendAsync<TAnswer>(
        HttpContext context,
        Result<TAnswer> result,
        JsonTypeInfo<TAnswer> answer
    )
    {
        if (!result.TryGet(out var value, out var error))
        {
            await Answer.SendAsync(context, error);
            return;
        }

        context.Response.ContentType = "application/json; charset=utf-8";
        await JsonSerializer.SerializeAsync(context.Response.Body, value, answer, context.RequestAborted);
    }

    private static Result<NodeOutput> OutputOf(HttpContext context)
    {
        var query = context.Request.Query;
        return long.TryParse(query["fence"], NumberStyles.None, CultureInfo.InvariantCulture, out var fence)
            ? new NodeOutput(
                query["node"].ToString(),
                query["epoch"].ToString(),
                new(query["workload"].ToString(), query["replica"].ToString(), fence),
                query["path"].ToString()
            )
            : BadMessage($"'{query["fence"]}' is no fence");
    }

    private static Result<long> OffsetOf(HttpContext context) =>
        long.TryParse(context.Request.Query["offset"], NumberStyles.None, CultureInfo.InvariantCulture, out var offset)
            ? offset
            : BadMessage($"'{context.Request.Query["offset"]}' is no offset: give bytes, from 0");

    private async Task AnswerAsync<TAsked, TAnswer>(
        HttpContext context,
        JsonTypeInfo<TAsked> asked,
        JsonTypeInfo<TAnswer> answer,
        Func<DeskNodeServer, TAsked, CancellationToken, Task<Result<TAnswer>>> ask
    )
    {
        var ct = context.RequestAborted;
        if (!(await session.FindCallerAsync(context)).TryGet(out var caller, out var error))
        {
            await Answer.SendAsync(context, error);
            return;
        }

        if (!(await ReadAsync(context, asked)).TryGet(out var message, out error))
        {
            await Answer.SendAsync(context, error);
            return;
        }

        await SendAsync(context, await ask(ServerFor(caller), message, ct), answer);
    }

    private static async Task<Result<T>> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type)
    {
        try
        {
            var read = await JsonSerializer.DeserializeAsync(context.Request.Body, type, context.RequestAborted);
            return read is null ? BadMessage("it is null") : read;
        }
        catch (JsonException error)
        {
            return BadMessage(error.Message);
        }
    }

    private static Error BadMessage(string why) =>
        new(ErrorKind.InvalidArgument, "web.bad-message", $"the body is no message of an agent: {why}");
}
