using System.Text.Json.Nodes;
using Braid.Access.Credentials;
using Braid.Pipelines.Creation;
using Braid.Pipelines.Workers;

namespace Braid.Pipelines.Programs;

/// <summary>
/// What a program finds: the variables of Pachyderm's workers and of the doors, and a configuration file where stock
/// clients look for it, so that a client without arguments reaches this server with the program's own credentials.
/// </summary>
internal static class ProgramEnvironment
{
    /// <summary>Where the file is seen by the program.</summary>
    public const string ConfigFolder = "/pachctl";

    public const string ConfigFile = "config.json";

    public static Dictionary<string, string> Of(
        ProgramWork work,
        string worker,
        DoorEndpoints doors,
        KeyPair keys,
        IEnumerable<KeyValuePair<string, string>> own
    )
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        IEnumerable<KeyValuePair<string, string>> all =
        [
            .. DatumEnvironment.OfWorker(
                work.Pipeline.Project,
                work.Pipeline.Name,
                $"{work.Pipeline.SpecCommit}",
                worker
            ),
            new("PACH_CONFIG", $"{ConfigFolder}/{ConfigFile}"),
            .. doors.Variables(),
            ClearMLConfig.Variable,
            .. DoorEndpoints.Variables(keys),
            .. own,
            .. OfJob(work),
        ];
        foreach (var (name, value) in all)
        {
            environment[name] = value;
        }

        return environment;
    }

    private static IEnumerable<KeyValuePair<string, string>> OfJob(ProgramWork work)
    {
        if (work.Job is { } job)
        {
            yield return new("PACH_JOB_ID", $"{job.SetId}");
            yield return new("PACH_OUTPUT_COMMIT_ID", $"{job.SetId}");
        }

        foreach (var variable in work.Inputs?.Variables() ?? [])
        {
            yield return variable;
        }
    }

    public static string Config(PipelineRow pipeline, DoorEndpoints doors, KeyPair keys) =>
        new JsonObject
        {
            ["user_id"] = keys.AccessKey,
            ["v2"] = new JsonObject
            {
                ["active_context"] = "worker",
                ["contexts"] = new JsonObject
                {
                    ["worker"] = new JsonObject
                    {
                        ["pachd_address"] = $"grpc://{doors.PachydermHost}:{doors.PachydermPort}",
                        ["session_token"] = $"{keys.AccessKey}:{keys.SecretKey}",
                        ["project"] = pipeline.Project,
                    },
                },
                ["metrics"] = false,
            },
        }.ToJsonString();
}
