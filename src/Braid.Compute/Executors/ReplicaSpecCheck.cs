using System.Text.RegularExpressions;
using Braid.Primitives;

namespace Braid.Compute.Executors;

/// <summary>What every executor refuses in a spec, in the same words.</summary>
internal static partial class ReplicaSpecCheck
{
    private const int signals = 64;

    /// <summary>Null when the spec is sound.</summary>
    public static Error? WhyNot(ReplicaSpec spec) =>
        Complaints(spec).Select(Errors.BadReplica(spec.Name)).FirstOrDefault();

    /// <summary>Null when an owner can be called so.</summary>
    public static Error? WhyNotOwner(string owner) => Name().IsMatch(owner) ? null : Errors.BadOwner(owner);

    /// <summary>Null when everything that it mounts is on this machine.</summary>
    public static Error? MissingSource(ReplicaSpec spec) =>
        spec.Mounts.FirstOrDefault(mount => !Path.Exists(mount.Source)) is { } missing
            ? Errors.CannotStart(
                spec.Name,
                $"there is no {missing.Source} on this machine to mount at {missing.Target}"
            )
            : null;

    private static IEnumerable<string> Complaints(ReplicaSpec spec)
    {
        if (!Name().IsMatch(spec.Name))
        {
            yield return "its name must be letters, digits, \"_\", \".\" and \"-\", at most 128";
        }

        if (spec.HostName.Length > 0 && !Host().IsMatch(spec.HostName))
        {
            yield return $"\"{spec.HostName}\" is no host name";
        }

        if (spec.Network.Group.Length > 0 && !Name().IsMatch(spec.Network.Group))
        {
            yield return $"\"{spec.Network.Group}\" is no name of a network";
        }

        foreach (var host in spec.Hosts.Keys.Where(host => !Host().IsMatch(host)))
        {
            yield return $"\"{host}\" is no host name";
        }

        foreach (var variable in spec.Environment.Where(variable => !IsVariable(variable.Key, variable.Value)))
        {
            yield return $"\"{variable.Key}\" cannot be a variable";
        }

        foreach (var mount in spec.Mounts.Where(mount => !IsPath(mount.Source) || !IsPath(mount.Target)))
        {
            yield return $"a mount goes from one absolute path to another, not from \"{mount.Source}\" to \"{mount.Target}\"";
        }

        if (spec.WorkingDirectory.Length > 0 && !IsPath(spec.WorkingDirectory))
        {
            yield return $"its working directory must be an absolute path, not \"{spec.WorkingDirectory}\"";
        }

        if (spec.StopSignal is < 1 or > signals)
        {
            yield return $"{spec.StopSignal} is no signal";
        }

        if (spec.Limits is { MemoryBytes: <= 0 } or { Cpu: <= 0 } or { OpenFiles: <= 0 })
        {
            yield return "its limits must be above 0";
        }

        if (spec.StopGrace < TimeSpan.Zero || spec.Timeout <= TimeSpan.Zero)
        {
            yield return "its times must not be negative";
        }
    }

    private static bool IsVariable(string name, string value) =>
        name.Length > 0 && name.AsSpan().IndexOfAny('=', '\0') < 0 && !value.Contains('\0', StringComparison.Ordinal);

    private static bool IsPath(string path) =>
        path.StartsWith('/') && !path.Contains('\0', StringComparison.Ordinal) && !path.Split('/').Contains("..");

    [GeneratedRegex(@"^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,127}\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Name();

    [GeneratedRegex(
        @"^(?=.{1,253}\z)[a-zA-Z0-9]([a-zA-Z0-9_-]{0,61}[a-zA-Z0-9])?(\.[a-zA-Z0-9]([a-zA-Z0-9_-]{0,61}[a-zA-Z0-9])?)*\z",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Host();
}
