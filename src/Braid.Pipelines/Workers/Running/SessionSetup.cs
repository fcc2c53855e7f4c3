using Braid.Access.Credentials;
using Braid.Compute.Sessions;
using Braid.Pipelines.Programs;
using Braid.Pipelines.Secrets;
using Braid.Primitives;

namespace Braid.Pipelines.Workers.Running;

/// <summary>
/// What the sandbox of a job is to be: its user, its limits, and what stays the same for all datums of its environment. Secrets are
/// opened here, into variables and into files of the bench that only this sandbox sees.
/// </summary>
internal sealed class SessionSetup(WorkerParts parts, DatumLease lease, string folder)
{
    /// <param name="port">Of the worker's own door; null: it has none.</param>
    /// <param name="keys">Of a program that stays alive; null: it is none.</param>
    /// <returns>Refused when a secret or the user is not there.</returns>
    public async Task<Result<SessionSpec>> PrepareAsync(int? port, KeyPair? keys, CancellationToken ct)
    {
        if (!RunAs.Of(lease.Spec).TryGet(out var runAs, out var unknown))
        {
            return unknown;
        }

        var mounts = lease.Spec.Transform.Secrets;
        var opened = await parts.Database.ReadAsync(db => MountedSecrets.OpenAsync(db, parts.Secrets, mounts), ct);
        if (!opened.TryGet(out var secrets, out var missing))
        {
            return missing;
        }

        var services = await parts.Database.ReadAsync(ServiceAddress.VariablesAsync, ct);
        int? buckets = null;
        if (lease.UsesBuckets)
        {
            if (!(await parts.Buckets.PortAsync(ct)).TryGet(out var open, out var closed))
            {
                return closed;
            }

            buckets = open;
        }

        return new SessionSpec
        {
            Environment = DatumEnvironment.OfSession(
                lease,
                parts.Doors,
                port,
                buckets,
                services,
                keys,
                secrets.Variables
            ),
            Mounts = [ClearMLConfig.Write(folder), .. secrets.WriteFiles(folder)],
            User = runAs.User,
            Limits = runAs.Limits,
            Gpus = parts.Gpus,
        };
    }
}
