using Braid.Cli.CommandLine;
using Braid.Cli.Output;
using Braid.Cli.Pipelines;
using Braid.Protos.Pps;
using Google.Protobuf.WellKnownTypes;

namespace Braid.Cli.Jobs;

/// <summary>The jobs of each commit set as one line of a table, or as they came.</summary>
internal sealed class JobSetTable(Invocation call)
{
    private readonly RecordFormat? format = RecordFormat.Of(call);
    private readonly Table table = new(call.Out, "ID", "SUBJOBS", "PROGRESS", "CREATED", "MODIFIED")
    {
        IsOpenEnded = true,
    };

    public void Add(JobSetInfo set)
    {
        if (format is not null)
        {
            format.Print(set);
            return;
        }

        var succeeded = set.Jobs.Count(job => job.State == JobState.JobSuccess);
        var failed = set.Jobs.Count(job => States.IsFinal(job.State)) - succeeded;
        table.Add(
            set.JobSet.Id,
            set.Jobs.Count.ToString(),
            ProgressBar.Of(call.Style, succeeded, failed, set.Jobs.Count),
            call.Style.Time(set.Jobs.Select(job => job.Created).Where(IsSet).MinBy(AsTime)),
            call.Style.Time(
                set.Jobs.Select(job => job.Finished ?? job.Started ?? job.Created).Where(IsSet).MaxBy(AsTime)
            )
        );
    }

    public void Finish()
    {
        if (format is null)
        {
            table.Finish();
        }
    }

    private static bool IsSet(Timestamp? time) => time is not null;

    private static DateTimeOffset AsTime(Timestamp time) => time.ToDateTimeOffset();
}
