using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Naming;
using Braid.Protos.Pps;

namespace Braid.Cli.Jobs;

/// <summary>A job is named <c>pipeline@id</c>; the id alone will do when one pipeline only has a job of it, as all jobs of 1.x.</summary>
internal static class JobNames
{
    /// <exception cref="Failure">No job has that id, or several have.</exception>
    public static async Task<Job> FindAsync(Invocation call, string text, CancellationToken ct)
    {
        if (!Names.IsId(text))
        {
            return Names.Job(call.Project, text);
        }

        var request = new InspectJobSetRequest { JobSet = new() { Id = text } };
        var jobs = new List<Job>();
        await foreach (var job in call.Pach.StreamAsync(PpsMethods.InspectJobSet, request, ct))
        {
            jobs.Add(job.Job);
        }

        return jobs switch
        {
            [var one] => one,
            [] => throw new Failure($"no job has the id {text}: braid list job shows those that there are"),
            _ => throw new Failure(
                $"several jobs have the id {text}, name one: "
                    + string.Join(", ", jobs.Select(job => $"{job.Pipeline.Name}@{job.Id}"))
            ),
        };
    }
}
