using System.Globalization;
using Braid.Cli.CommandLine;
using Braid.Cli.Workloads.Listing;
using Braid.Gateway.Web.Workloads.Records;

namespace Braid.Cli.Workloads.Explaining;

/// <summary>Says what would follow from other quotas, before anybody sets them.</summary>
internal static class WhatIf
{
    private static readonly Flag quota = Flags.Values(
        "quota",
        null,
        "A project that could count on so many GPUs, NAME=GPUS; may be repeated."
    );

    public static Command Command { get; } =
        new Command("whatif", "", "Say what would start and what would give way if quotas were others: --quota team=8.")
        {
            Flags = [quota, WorkloadFlags.Json, WorkloadFlags.Yaml],
            RunAsync = RunAsync,
        }.Taking(0);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var question = new SuppositionRecord(Quotas(call));
        var answer = await call.Web.CallAsync(
            HttpMethod.Post,
            "api/whatif",
            WorkloadCalls.Write(question, WorkloadRecordsJson.Default.SuppositionRecord),
            ct
        );
        if (!ListFormat.Print(call, answer))
        {
            Write(call, WorkloadCalls.Read(answer, WorkloadRecordsJson.Default.SupposedRecord));
        }

        return 0;
    }

    private static Dictionary<string, double> Quotas(Invocation call)
    {
        var quotas = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var text in call.All(quota))
        {
            quotas[text.Split('=')[0]] =
                text.Split('=') is [{ Length: > 0 }, var number]
                && double.TryParse(number, CultureInfo.InvariantCulture, out var gpus)
                    ? gpus
                    : throw new Failure($"invalid argument \"{text}\" for --quota: not PROJECT=GPUS");
        }

        return quotas.Count > 0
            ? quotas
            : throw new Failure("if what? braid whatif --quota PROJECT=GPUS") { ShowUsageOf = Command };
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
