using System.Text.Json.Nodes;
using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Jobs;
using Braid.Cli.Output;
using Braid.Cli.Pipelines;
using Braid.Cli.Specs;
using Braid.Protos.Pps;
using Google.Protobuf;

namespace Braid.Cli.Datums;

/// <summary>The datums of a job, or those that a spec would make.</summary>
internal static class ListDatum
{
    private static readonly Flag file = Flags.Value(
        "file",
        'f',
        "A pipeline spec: list the datums that it would have."
    );

    public static Command Command { get; } =
        new Command("list datum", "<pipeline>@<job>", "List the datums of a job.")
        {
            Flags = [file, .. Flags.Format, Flags.Project],
            RunAsync = RunAsync,
        }.Taking(0, 1);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var format = RecordFormat.Of(call);
        var table = new Table(call.Out, "ID", "FILES", "STATUS", "TIME");
        await foreach (var datum in call.Pach.StreamAsync(PpsMethods.ListDatum, await RequestOfAsync(call, ct), ct))
        {
            format?.Print(datum);
            table.Add(
                datum.Datum.Id.Length > 0 ? datum.Datum.Id : Style.Missing,
                DatumText.Files(datum),
                States.Of(call.Style, datum.State),
                DatumText.Time(datum.Stats)
            );
        }

        if (format is null)
        {
            table.Finish();
        }

        return 0;
    }

    private static async Task<ListDatumRequest> RequestOfAsync(Invocation call, CancellationToken ct)
    {
        if (call.Text(file) is { } path)
        {
            return new() { Input = InputOf((await SpecFile.ReadAsync(path, ct))[0]) };
        }

        var job = call.Argument(0) ?? throw new Failure("expected 1 argument, got 0") { ShowUsageOf = Command };
        return new() { Job = await JobNames.FindAsync(call, job, ct) };
    }

    /// <summary>What a spec reads, as the calls have it.</summary>
    /// <exception cref="Failure">It is no input.</exception>
    public static Input InputOf(JsonObject spec)
    {
        try
        {
            return JsonParser.Default.Parse<Input>((spec["input"] ?? new JsonObject()).ToJsonString());
        }
        catch (InvalidProtocolBufferException error)
        {
            throw new Failure($"malformed input in the spec: {error.Message}");
        }
    }
}
