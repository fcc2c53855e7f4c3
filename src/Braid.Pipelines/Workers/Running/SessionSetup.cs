using Braid.Compute.Processes;
using Braid.Compute.Sessions;
using Braid.Compute.Users;
using Braid.Metadata;
using Braid.Pipelines.Specs;
using Braid.Primitives;

namespace Braid.Pipelines.Workers.Running;

/// <summary>
/// What the sandbox of a job is to be: its user, its limits, and what stays the same for all datums of its environment. Secrets are
/// opened here, into variables and into files of the bench that only this sandbox sees.
/// </summary>
internal sealed class SessionSetup(WorkerParts parts, DatumLease lease, string folder)
{
    private readonly Transform transform = lease.Spec.Transform;

    /// <param name="port">Of the worker's own door; null: it has none.</param>
    /// <returns>Refused when a secret or the user is not there.</returns>
    public async Task<Result<SessionSpec>> PrepareAsync(int? port, CancellationToken ct)
    {
        UserAccount? user = null;
        if (transform.User.Length > 0 && !UserAccount.Resolve(transform.User).TryGet(out user, out var unknown))
        {
            return unknown;
        }

        var opened = await parts.Database.ReadAsync(OpenSecretsAsync, ct);
        if (!opened.TryGet(out var secrets, out var missing))
        {
            return missing;
        }

        int? buckets = null;
        if (lease.UsesBuckets)
        {
            if (!(await parts.Buckets.PortAsync(ct)).TryGet(out var open, out var closed))
            {
                return closed;
            }

            buckets = open;
        }

        var limits = lease.Spec.ResourceLimits;
        return new SessionSpec
        {
            Environment = DatumEnvironment.OfSession(lease, parts.Doors, port, buckets, secrets.Variables),
            Mounts = WriteFiles(secrets.Files),
            User = user,
            Limits = new() { MemoryBytes = limits?.MemoryBytes, Cpu = limits is { Cpu: > 0 } ? limits.Cpu : null },
        };
    }

    private async Task<Result<OpenedSecrets>> OpenSecretsAsync(DbRead db)
    {
        var opened = new OpenedSecrets([], []);
        foreach (var mount in transform.Secrets)
        {
            if (!(await parts.Secrets.ReadAllAsync(db, mount.Name)).TryGet(out var values, out var missing))
            {
                return missing;
            }

            if (mount.Key.Length > 0 && !values.ContainsKey(mount.Key))
            {
                return Errors.MissingSecretKey(mount.Name, mount.Key);
            }

            opened.Add(mount, values);
        }

        return opened;
    }

    /// <summary>One folder for each place that files of secrets are mounted at.</summary>
    private IReadOnlyList<Mount> WriteFiles(IReadOnlyList<SecretText> files)
    {
        var mounts = new List<Mount>();
        foreach (var place in files.GroupBy(file => file.Folder, StringComparer.Ordinal))
        {
            var source = Directory.CreateDirectory(Path.Combine(folder, "secrets", $"{mounts.Count}")).FullName;
            foreach (var file in place)
            {
                File.WriteAllBytes(Path.Combine(source, file.Name), file.Value);
            }

            mounts.Add(new(source, place.Key, Writable: false));
        }

        return mounts;
    }
}
