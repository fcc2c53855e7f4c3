using System.Globalization;
using System.Text.Json.Nodes;
using Braid.Cli.CommandLine;
using Braid.Cli.Output;

namespace Braid.Cli.Space;

/// <summary>Frees what nothing refers to any more: first a plan, then its application.</summary>
internal static class CollectGarbage
{
    private static readonly Flag plan = Flags.Switch(
        "plan",
        null,
        "Say what would be freed, and what holds the rest; change nothing."
    );
    private static readonly Flag apply = Flags.Value(
        "apply",
        null,
        "Free what this plan names, if it is still not needed."
    );
    private static readonly TimeSpan look = TimeSpan.FromMilliseconds(300);

    public static Command Command { get; } =
        new("gc", "", "Free the space of what nothing refers to: --plan, then --apply PLAN.")
        {
            Flags = [plan, apply, Flags.Raw, Flags.Output],
            RunAsync = RunAsync,
        };

    private static Task<int> RunAsync(Invocation call, CancellationToken ct) =>
        call.Text(apply) is { } id && !call.Has(plan) ? ApplyAsync(call, id, ct)
        : call.Has(plan) && call.Text(apply) is null ? PlanAsync(call, ct)
        : throw new Failure(
            "write braid gc --plan to see what would be freed, then braid gc --apply PLAN to free it; "
                + "the server also does so by itself now and then"
        );

    private static async Task<int> PlanAsync(Invocation call, CancellationToken ct)
    {
        var made = await call.Web.CallAsync(HttpMethod.Post, "/api/gc/plan", ct);
        if (call.Has(Flags.Raw))
        {
            call.Out.WriteLine(made.ToJsonString());
            return 0;
        }

        var table = new Table(call.Out, "HELD BY", "NAME", "REFERENCES", "STORED");
        var held = made["held"]?.AsArray().OfType<JsonObject>() ?? [];
        foreach (var share in held.OrderByDescending(share => Number(share, "bytes")))
        {
            table.Add(
                Text(share, "kind"),
                Text(share, "group"),
                $"{Number(share, "references")}",
                Size(share, "bytes")
            );
        }

        table.Finish();
        call.Out.WriteLine();
        call.Out.WriteLine($"Stored:       {Size(made, "stored_bytes")} in {Number(made, "packs")} packs");
        call.Out.WriteLine(
            $"Freed by it:  {Size(made, "freed_bytes")} ({Number(made, "deleted_packs")} packs deleted, {Number(made, "rewritten_packs")} written anew)"
        );
        call.Out.WriteLine($"Not yet:      {Size(made, "spare_bytes")} spread thinly over packs in use");
        call.Out.WriteLine($"Plan:         {Text(made, "plan")}");
        return 0;
    }

    private static async Task<int> ApplyAsync(Invocation call, string id, CancellationToken ct)
    {
        var state = await call.Web.CallAsync(HttpMethod.Post, $"/api/gc/apply/{Uri.EscapeDataString(id)}", ct);
        var said = "";
        while (Text(state, "phase") != "idle")
        {
            if (Text(state, "oldest_writer") is { Length: > 0 } writer && writer != said)
            {
                call.Error.WriteLine($"waiting for a write that began at {writer}");
                said = writer;
            }

            await Task.Delay(look, call.World.Clock, ct);
            state = await call.Web.CallAsync(HttpMethod.Get, "/api/gc", ct);
        }

        if (Text(state, "failure") is { Length: > 0 } failure)
        {
            throw new Failure($"nothing was freed: {failure}");
        }

        if (call.Has(Flags.Raw))
        {
            call.Out.WriteLine(state.ToJsonString());
        }
        else if (Text(state, "continues") is { Length: > 0 } later)
        {
            call.Out.WriteLine($"Other servers write to this store, too: it is freed by itself after {later}.");
        }
        else
        {
            call.Out.WriteLine(
                $"Freed {Size(state, "freed_bytes")}: {Number(state, "deleted_packs")} packs deleted, {Number(state, "rewritten_packs")} written anew."
            );
        }

        return 0;
    }

    private static string Text(JsonObject from, string name) => from[name]?.GetValue<string>() ?? "";

    private static long Number(JsonObject from, string name) => from[name]?.GetValue<long>() ?? 0;

    private static string Size(JsonObject from, string name) => Sizes.Words(Number(from, name));
}
