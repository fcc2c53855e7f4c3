using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Jobs;
using Braid.Cli.Naming;
using Braid.Cli.Output;
using Braid.Protos.Pps;

namespace Braid.Cli.Datums;

internal static class InspectDatum
{
    public static Command Command { get; } =
        new Command("inspect datum", "<pipeline>@<job> <datum>", "Show a datum of a job.")
        {
            Flags = [.. Flags.Format, Flags.Project],
            RunAsync = RunAsync,
        }.Taking(2);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var format = RecordFormat.Of(call);
        var request = new InspectDatumRequest
        {
            Datum = new() { Job = await JobNames.FindAsync(call, call.Arguments[0], ct), Id = call.Arguments[1] },
        };
        var datum = await call.Pach.CallAsync(PpsMethods.InspectDatum, request, ct);
        if (format is not null)
        {
            format.Print(datum);
        }
        else
        {
            Write(call, datum, datum.Stats ?? new());
        }

        return 0;
    }

    private static void Write(Invocation call, DatumInfo datum, ProcessStats stats)
    {
        var fields = new Table(call.Out, "ID", datum.Datum.Id) { IsOpenEnded = true };
        fields.Add("Job ID", datum.Datum.Job.Id);
        fields.Add("State", datum.State.ToString().ToUpperInvariant());
        fields.Add("Reason", datum.Reason);
        fields.Add("Data Downloaded", Sizes.Words(stats.DownloadBytes));
        fields.Add("Data Uploaded", Sizes.Words(stats.UploadBytes));
        fields.Add("Total Time", Ages.Words(DatumText.Total(stats)));
        fields.Add("Download Time", Words(stats.DownloadTime));
        fields.Add("Process Time", Words(stats.ProcessTime));
        fields.Add("Upload Time", Words(stats.UploadTime));
        fields.Finish();
        WriteFiles(call, "PFS State", datum.PfsState is null ? [] : [datum.PfsState]);
        WriteFiles(call, "Inputs", datum.Data.Select(file => file.File));
    }

    private static void WriteFiles(Invocation call, string title, IEnumerable<Protos.Pfs.File> files)
    {
        call.Out.Write($"{title}:\n");
        var table = new Table(call.Out, "  REPO", "COMMIT", "PATH");
        foreach (var file in files)
        {
            table.Add("  " + Names.Of(Names.RepoOf(file.Commit)), file.Commit.Id, file.Path);
        }

        table.Finish();
    }

    private static string Words(Google.Protobuf.WellKnownTypes.Duration? time) =>
        Ages.Words(time?.ToTimeSpan() ?? default);
}
