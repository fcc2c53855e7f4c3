using System.Text.Json.Nodes;
using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Servers;
using Braid.Grpc.Statuses;
using Braid.Protos.Pps;

namespace Braid.Cli.Pipelines;

/// <summary>Checks specs by a server's own rules, on one that is started for it on a folder that goes away.</summary>
internal static class ValidatePipeline
{
    public static Command Command { get; } =
        new Command("validate pipeline", "", "Check pipeline specs; no server is asked.")
        {
            Flags = [SpecSource.File],
            RunAsync = RunAsync,
        }.Taking(0);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var specs = await SpecSource.ReadAsync(call, ct);
        var folder = Directory.CreateTempSubdirectory("braid-validate-").FullName;
        try
        {
            using var server = new LocalServer(folder);
            await server.StartAsync(ct);
            using var pach = new PachClient(server.Address);
            var areValid = true;
            foreach (var spec in specs)
            {
                areValid &= await CheckAsync(call, pach, spec, ct);
            }

            return areValid ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<bool> CheckAsync(Invocation call, PachClient pach, JsonObject spec, CancellationToken ct)
    {
        var name = spec["pipeline"]?["name"]?.ToString() ?? "a spec without a name";
        ImageAdvice.GiveOnTag(call, spec);
        try
        {
            var request = new CreatePipelineV2Request
            {
                DryRun = true,
                CreatePipelineRequestJson = spec.ToJsonString(),
            };
            await pach.CallAsync(PpsMethods.CreatePipelineV2, request, ct);
        }
        catch (GrpcException missing) when (missing.Status.Code == GrpcCode.NotFound)
        {
            // It passed the rules, and reads repos or secrets, of which this server has none.
        }
        catch (GrpcException refused)
        {
            call.Error.WriteLine($"{name}: {refused.Status.Message}");
            return false;
        }

        call.Out.WriteLine($"{name}: valid");
        return true;
    }
}
