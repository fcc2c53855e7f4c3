using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Braid.Agent.Protocol;
using Braid.Gateway.Web.Login;
using Braid.Primitives;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.Web.Agents;

/// <summary>
/// Where agents on other machines come: <c>POST /api/agent/{register,ask,report,lines}</c>, each with its message of
/// <see cref="AgentJson"/>. They come with an administrator's key pair.
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

        var server = new DeskNodeServer(rooms.Workloads.Desk, caller, rooms.ProgramVariables);
        if (!(await ask(server, message, ct)).TryGet(out var value, out error))
        {
            await Answer.SendAsync(context, error);
            return;
        }

        context.Response.ContentType = "application/json; charset=utf-8";
        await JsonSerializer.SerializeAsync(context.Response.Body, value, answer, ct);
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
