using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Braid.Cli.CommandLine;
using Braid.Cli.Output;
using Google.Protobuf.WellKnownTypes;

namespace Braid.Cli.Audits;

/// <summary>Who changed what, when, from where, and who was refused what: the newest first, for administrators.</summary>
internal static class ListAudit
{
    private const int usualLines = 100;

    /// <summary>The most that the server answers at once.</summary>
    private const long page = 500;

    private static readonly Flag user = Flags.Value("user", null, "Only what this user did or tried.");
    private static readonly Flag action = Flags.Value(
        "action",
        null,
        "Only this action, or what a group of them begins with (\"run.delete\", \"run\")."
    );
    private static readonly Flag target = Flags.Value(
        "target",
        null,
        "Only what was done to things named so, or partly so."
    );
    private static readonly Flag refused = Flags.Switch("refused", null, "Only what was refused.");
    private static readonly Flag since = Flags.Value(
        "since",
        null,
        "Only from then on: a time (\"2026-01-31T09:00Z\"), or how long ago (\"24h\")."
    );
    private static readonly Flag until = Flags.Value("until", null, "Only before then, written as --since is.");
    private static readonly Flag limit = Flags.Value(
        "limit",
        null,
        $"How many lines at most (default {usualLines}); 0 for all."
    );

    public static Command Command { get; } =
        new Command("audit", "", "Show who changed what on the server, the newest first; administrators may.")
        {
            Flags = [user, action, target, refused, since, until, limit, Flags.FullTimestamps, .. Flags.Format],
            RunAsync = RunAsync,
        }.Taking(0);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var format = RecordFormat.Of(call);
        var table = new Table(call.Out, "WHEN", "WHO", "ACTION", "TARGET", "DETAILS", "FROM", "REFUSED");
        await foreach (var entry in EntriesAsync(call, ct))
        {
            format?.Print(entry);
            table.Add(
                call.Style.Time(Timestamp.FromDateTimeOffset(TimeOf(entry))),
                Text(entry, "user"),
                Text(entry, "action"),
                Text(entry, "target"),
                Text(entry, "details"),
                $"{Text(entry, "door")} {Text(entry, "address")}".Trim(),
                Text(entry, "outcome")
            );
        }

        if (format is null)
        {
            table.Finish();
        }

        return 0;
    }

    /// <summary>Page by page, until there are no more or they are as many as asked for.</summary>
    private static async IAsyncEnumerable<JsonObject> EntriesAsync(
        Invocation call,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var left = call.Number(limit, usualLines) is var most and > 0 ? most : long.MaxValue;
        var asked = Question(call);
        for (string? before = null; left > 0; )
        {
            var path = $"/api/audit?limit={Math.Min(left, page)}{asked}{Term("before", before)}";
            var answer = await call.Web.CallAsync(HttpMethod.Get, path, ct);
            foreach (var entry in answer["entries"]?.AsArray().OfType<JsonObject>() ?? [])
            {
                left--;
                yield return entry;
            }

            before = answer["next"]?.GetValue<string>();
            if (before is null)
            {
                yield break;
            }
        }
    }

    private static string Question(Invocation call) =>
        Term("user", call.Text(user))
        + Term("action", call.Text(action))
        + Term("target", call.Text(target))
        + Term("refused", call.Has(refused) ? "1" : null)
        + Term("since", TimeOf(call, since))
        + Term("until", TimeOf(call, until));

    private static string Term(string name, string? value) =>
        value is null ? "" : $"&{name}={Uri.EscapeDataString(value)}";

    /// <summary>How long ago is reckoned here; a time is the server's to understand.</summary>
    private static string? TimeOf(Invocation call, Flag flag) =>
        call.Text(flag) is { } text && GoDuration.TryParse(text, out var ago)
            ? (call.World.Clock.GetUtcNow() - ago).UtcDateTime.ToString("O", CultureInfo.InvariantCulture)
            : call.Text(flag);

    private static DateTimeOffset TimeOf(JsonObject entry) =>
        DateTimeOffset.TryParse(Text(entry, "at"), CultureInfo.InvariantCulture, out var at)
            ? at
            : throw new Failure($"the server sent {entry.ToJsonString()}");

    private static string Text(JsonObject from, string name) => from[name]?.GetValue<string>() ?? "";
}
