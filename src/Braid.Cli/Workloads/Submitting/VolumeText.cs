using Braid.Cli.CommandLine;
using Braid.Gateway.Web.Workloads.Records;

namespace Braid.Cli.Workloads.Submitting;

/// <summary>Folders of nodes, as v1 and v2 write them.</summary>
internal static class VolumeText
{
    /// <exception cref="Failure">One cannot be read.</exception>
    public static IEnumerable<VolumeRecord> Of(Invocation call) =>
        call.All(SubmitFlags.Volume).Select(Volume).Concat(call.All(SubmitFlags.HostPath).Select(HostPath));

    private static VolumeRecord Volume(string text) =>
        text.Split(':') is [{ Length: > 0 } host, { Length: > 0 } path, .. var how] && how is ([] or ["ro"] or ["rw"])
            ? new(host, path, IsReadOnly: how is ["ro"])
            : throw new Failure($"invalid argument \"{text}\" for --volume: not HOST:PATH or HOST:PATH:ro");

    private static VolumeRecord HostPath(string text)
    {
        var parts = text.Split(',').Select(part => part.Split('=', 2)).ToLookup(part => part[0], part => part[^1]);
        return parts["path"].FirstOrDefault() is { } host && parts["mount"].FirstOrDefault() is { } path
            ? new(host, path, IsReadOnly: !parts.Contains("readwrite"))
            : throw new Failure($"invalid argument \"{text}\" for --host-path: not path=HOST,mount=PATH[,readwrite]");
    }
}
