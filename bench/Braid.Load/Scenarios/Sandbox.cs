using Braid.Load.Machine;

namespace Braid.Load.Scenarios;

/// <summary>A sandbox like that of a job, for what is measured beside it.</summary>
internal static class Sandbox
{
    private const string command =
        "bwrap --unshare-user --unshare-pid --unshare-ipc --unshare-uts --die-with-parent --new-session --cap-drop ALL"
        + " --ro-bind /usr /usr --symlink usr/bin /bin --symlink usr/lib /lib --symlink usr/lib64 /lib64"
        + " --proc /proc --dev /dev --tmpfs /tmp --tmpfs /pfs";

    /// <summary>Runs a line of shell that finds the files of a folder in <c>/pfs/in</c> and writes to <c>/pfs/out</c>.</summary>
    /// <param name="exposed">Folders of this machine that it sees, where they are.</param>
    public static async Task<Usage> RunAsync(WorkFolder work, string input, string line, params string[] exposed)
    {
        var output = Directory.CreateDirectory(work.New("copies")).FullName;
        var seen = string.Concat(exposed.Select(folder => $" --ro-bind {folder} {folder}"));
        var usage = await Shell.RunAsync(
            $"{command}{seen} --ro-bind {input} /pfs/in --bind {output} /pfs/out sh -c '{line}'"
        );
        WorkFolder.Remove(output);
        return usage;
    }
}
