using Braid.Gateway.Pachyderm.Calls;
using Braid.Pipelines.Tools;
using Google.Protobuf;

namespace Braid.Gateway.Pachyderm.Filters;

/// <summary>
/// The messages for which a jq program says something that is neither false nor null. Debian's <c>jq</c> evaluates it, over
/// the messages as JSON with the names of the protocol.
/// </summary>
internal static class JqFilter
{
    private const string jq = "jq";

    private static readonly JsonFormatter formatter = new(
        JsonFormatter.Settings.Default.WithFormatDefaultValues(false).WithPreserveProtoFieldNames(true)
    );

    /// <param name="filter">Empty: everything passes.</param>
    public static async Task<Result<Answers<T>>> ApplyAsync<T>(
        this SandboxedTools tools,
        string filter,
        IAsyncEnumerable<T> messages,
        CancellationToken ct
    )
        where T : IMessage
    {
        if (filter.Length == 0)
        {
            return new Answers<T>(messages);
        }

        if (!SandboxedTools.Has(jq))
        {
            return Errors.NoJq();
        }

        // One line in, one line out: the brackets also keep imports and options of the module kind out.
        var all = await messages.ToListAsync(ct);
        string[] command = [jq, "-c", $"[limit(1; {filter}\n)] | length > 0 and (.[0] != null and .[0] != false)"];
        var verdicts = await tools.RunAsync(command, [.. all.Select(message => formatter.Format(message))], ct);
        return verdicts.Then<Answers<T>>(lines =>
            lines.Count == all.Count
                ? new Answers<T>(all.Zip(lines).Where(pair => pair.Second == "true").Select(pair => pair.First))
                : Errors.BadJq(filter)
        );
    }
}
