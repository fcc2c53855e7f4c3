using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Contexts;
using Braid.Grpc.Client;
using Braid.Grpc.Statuses;
using Braid.Protos.Admin;
using Version = Braid.Protos.Version.Version;

namespace Braid.Cli.Connection;

/// <summary>
/// Asks the server of a context who it is before anything else is asked of it: the first answer is remembered in the context, and
/// another server at the same address is refused later. A server that only the environment names is not asked.
/// </summary>
internal sealed class Greeting(Surroundings world, ServerAddress server)
{
    /// <summary>The protocol's release that this program was written for.</summary>
    private static readonly Version spoken = new() { Major = 2, Minor = 11 };

    private readonly Lock gate = new();
    private Task? exchange;

    /// <summary>Once, however many calls wait for it.</summary>
    public Task OfferAsync(GrpcChannel channel, CallOptions options, CancellationToken ct)
    {
        lock (gate)
        {
            return exchange ??= ExchangeAsync(channel, options, ct);
        }
    }

    private async Task ExchangeAsync(GrpcChannel channel, CallOptions options, CancellationToken ct)
    {
        if (server.Context?.Context is null)
        {
            return;
        }

        var request = new InspectClusterRequest { ClientVersion = spoken };
        try
        {
            var answer = await channel.UnaryAsync(AdminMethods.InspectCluster, request, options, ct);
            Check(answer.DeploymentId);
            Show(answer);
        }
        catch (GrpcException refused) when (SaysNothing(refused.Status.Code))
        {
            // The command's own call will be refused with better words.
        }
    }

    private static bool SaysNothing(GrpcCode code) =>
        code is GrpcCode.Unimplemented or GrpcCode.Unauthenticated or GrpcCode.PermissionDenied;

    private void Check(string deployment)
    {
        if (server.Context is not { Context: { } context } choice || deployment.Length == 0)
        {
            return;
        }

        if (context.DeploymentId is { } known && known != deployment)
        {
            throw new Failure(
                $"{ServerAddress.Qualified(server.Uri)} is another server than context \"{choice.Name}\" knows (deployment "
                    + $"{deployment} instead of {known}): if that is right, run braid config update context {choice.Name} "
                    + "--remove-cluster-deployment-id"
            );
        }

        if (context.DeploymentId is null)
        {
            Remember(choice, deployment);
        }
    }

    private void Remember(ContextChoice choice, string deployment)
    {
        try
        {
            choice.Change(world, server.Uri, context => context.DeploymentId = deployment);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A config file that is mounted read-only is an ordinary case: the server is not remembered then.
        }
    }

    private void Show(ClusterInfo answer)
    {
        if (answer.WarningsOk && !IsSet("PACHYDERM_IGNORE_VERSION_SKEW"))
        {
            answer.Warnings.ToList().ForEach(world.Error.WriteLine);
        }

        if (answer.Paused && !IsSet("PACHYDERM_IGNORE_PAUSED_MODE"))
        {
            world.Error.WriteLine("NOTE: this server is paused, which prevents many commands from working.");
        }

        if (answer.PendingRestart && !IsSet("PACHYDERM_IGNORE_PENDING_RESTART"))
        {
            world.Error.WriteLine(
                $"NOTE: this server is about to restart, which will interrupt commands for a moment: {answer.RestartInfo}"
            );
        }
    }

    private bool IsSet(string variable) => world.Variable(variable) is { Length: > 0 };
}
