using System.Globalization;
using Braid.Cli.CommandLine;
using Braid.Cli.Workloads.Listing;
using Braid.Gateway.Web.Workloads.Records;

namespace Braid.Cli.Workloads.Explaining;

/// <summary>
/// Says what would follow from other terms of projects, before anybody sets them: at once, or what would have become of the work of
/// the last hours or days.
/// </summary>
internal static class WhatIf
{
    private static readonly Flag quota = Terms("quota", "could count on so many GPUs");
    private static readonly Flag limit = Terms("limit", "would never exceed so many GPUs");
    private static readonly Flag weight = Terms("weight", "would have such a part of what nobody can count on");
    private static readonly Flag since = Flags.Value(
        "since",
        null,
        "Decide again what happened since then (\"24h\"), instead of what follows at once."
    );

    public static Command Command { get; } =
        new Command(
            "whatif",
            "",
            "Say what would start and what would give way if quotas were others, or would have: --quota team=8, --since 24h."
        )
        {
            Flags = [quota, limit, weight, since, WorkloadFlags.Json, WorkloadFlags.Yaml],
            RunAsync = RunAsync,
        }.Taking(0);

    private static Flag Terms(string name, string what) =>
        Flags.Values(name, null, $"A project that {what}, NAME=NUMBER; may be repeated.");

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var question = new SuppositionRecord
        {
            Quotas = TermsOf(call, quota),
            Limits = TermsOf(call, limit),
            Weights = TermsOf(call, weight),
            Since = call.Span(since)?.TotalSeconds,
        };
        if (question is { Quotas: null, Limits: null, Weights: null, Since: null })
        {
            throw new Failure("if what? braid whatif --quota PROJECT=GPUS") { ShowUsageOf = Command };
        }

        var answer = await call.Web.CallAsync(
            HttpMethod.Post,
            question.Since is null ? "api/whatif" : "api/whatif/replay",
            WorkloadCalls.Write(question, WorkloadRecordsJson.Default.SuppositionRecord),
            ct
        );
        if (ListFormat.Print(call, answer))
        {
            return 0;
        }

        if (question.Since is null)
        {
            Write(call, WorkloadCalls.Read(answer, WorkloadRecordsJson.Default.SupposedRecord));
        }
        else
        {
            Retrospects.Write(call, WorkloadCalls.Read(answer, WorkloadRecordsJson.Default.RetrospectRecord));
        }

        return 0;
    }

    /// <summary>Null when none are given.</summary>
    private static Dictionary<string, double>? TermsOf(Invocation call, Flag flag)
    {
        var terms = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var text in call.All(flag))
        {
            terms[text.Split('=')[0]] =
                text.Split('=') is [{ Length: > 0 }, var number]
                && double.TryParse(number, CultureInfo.InvariantCulture, out var amount)
                && double.IsFinite(amount)
                    ? amount
                    : throw new Failure($"invalid argument \"{text}\" for --{flag.Name}: not PROJECT=NUMBER");
        }

        return terms.Count > 0 ? terms : null;
    }

    private static void Write(Invocation call, SupposedRecord supposed)
    {
        if (supposed.Changes.Count == 0)
        {
            call.Out.Write("Nothing would start or give way at once.\n");
        }
        else
        {
            var table = new PlainTable("NAME", "PROJECT", "NOW", "THEN", "WHY");
            foreach (var change in supposed.Changes)
            {
                var why = string.Join("; ", change.Reasons.Select(reason => reason.Text));
                table.Add(change.Name, change.Project, change.Before, change.After, why);
            }

            table.Write(call.Out);
        }

        call.Out.Write("\n");
        Standings.Write(call, supposed.Before, supposed.After);
    }
}
