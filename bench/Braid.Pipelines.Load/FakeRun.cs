using System.Text;
using Braid.Pipelines.Datums;
using Braid.Pipelines.Jobs;
using Braid.Primitives;
using Braid.Storage.Trees;

namespace Braid.Pipelines.Load;

/// <summary>Ends all datums of a job as if programs had run: each wrote one file, named by the datum's id.</summary>
internal static class FakeRun
{
    private const int page = 4096;

    public static async Task RunAsync(World world, string pipeline)
    {
        var loop = world.Host.NewJobLoop();
        while (await loop.StepAsync(default)) { }

        var set = (await world.NewestAsync(pipeline)).Set;
        var job =
            await world.Database.ReadAsync(
                db => JobRows.FindAsync(db, new PipelineRef("default", pipeline), set),
                default
            ) ?? throw new InvalidOperationException($"no job {pipeline}@{set}");
        for (Sha256Hash? after = null; ; )
        {
            var from = after;
            var rows = await world.Database.ReadAsync(db => DatumRows.PageAsync(db, job.Id, from, page), default);
            await EndAsync(world, job, rows);
            if (rows.Count < page)
            {
                break;
            }

            after = rows[^1].Id;
        }

        while (await loop.StepAsync(default)) { }
    }

    private static async Task EndAsync(World world, JobRow job, IReadOnlyList<DatumRow> rows)
    {
        using var hold = world.Content.Hold();
        var content = await hold.WriteAsync(Encoding.ASCII.GetBytes("x"), default);
        var outputs = new List<TreeRoot>();
        foreach (var row in rows)
        {
            var edit = new TreeEdit.Put($"/{$"{row.Id}"[..2]}/{row.Id}", content);
            outputs.Add((await hold.ApplyAsync(TreeRoot.Empty, [edit], default)).Value);
        }

        _ = (await hold.SealAsync(outputs, default)).Value;
        await world.Database.WriteAsync(
            async db =>
            {
                await db.ExecuteAsync(
                    "UPDATE datum SET state = @state, output = @output WHERE job_id = @JobId AND id = @Id",
                    rows.Zip(
                        outputs,
                        (row, output) =>
                            new
                            {
                                row.JobId,
                                row.Id,
                                state = (long)DatumState.Success,
                                output = output.Hash,
                            }
                    )
                );
                await db.ExecuteAsync(
                    "UPDATE job SET processed = processed + @ended, remaining = remaining - @ended WHERE id = @Id",
                    new { job.Id, ended = (long)rows.Count }
                );
            },
            default
        );
    }
}
