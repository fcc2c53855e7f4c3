using Braid.Cli.MLflowImports.Artifacts;
using Braid.Cli.MLflowImports.Points;
using Braid.Cli.MLflowImports.Sources;

namespace Braid.Cli.MLflowImports;

/// <summary>
/// One import:
/// 1. each experiment by its name, made when there is none;
/// 2. its logged models, then its runs: fields, points, files, each read back and compared;
/// 3. experiments that are deleted over there are deleted here, now that nothing more comes into them;
/// 4. registered models, whose versions point at the files' new places.
/// Every step can be repeated: what is here already is compared and not sent again.
/// </summary>
internal sealed class MLflowImport(MLflowSource source, ImportTarget target, ImportReport report)
{
    private readonly MovedFiles moved = new();

    public async Task RunAsync(CancellationToken ct)
    {
        foreach (var damage in source.Damages)
        {
            report.Fail("an experiment", damage);
        }

        var experiments = new ExperimentImport(source, target, report);
        var points = new PointImport(target);
        var files = new FileImport(target, report);
        await foreach (var experiment in source.ExperimentsAsync(ct))
        {
            // 1
            if (await experiments.EnsureAsync(experiment, ct) is not { } place)
            {
                continue;
            }

            // 2
            var models = new LoggedModelImport(source, target, report, points, files, moved);
            await models.RunAsync(experiment, place, ct);
            var runs = new RunImport(source, target, report, points, files, moved);
            await runs.RunAsync(experiment, place, ct);
            // 3
            await experiments.FinishAsync(experiment, place, ct);
        }

        // 4
        await new RegistryImport(source, target, report, moved).RunAsync(ct);
    }
}
